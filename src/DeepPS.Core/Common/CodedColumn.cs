namespace DeepPS.Common;

/// <summary>A coded column of an input: the network replaces each code, a level of a category, by a learned
/// vector.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Codes">The number of codes; codes start at 0.</param>
/// <param name="Features">The size of the learned vectors.</param>
public sealed record CodedColumn(string Name, int Codes, int Features);
