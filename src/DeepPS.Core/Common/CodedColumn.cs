namespace DeepPS.Common;

/// <summary>A number of an input that is a code: it stands for numbers which the network learns, those of a level of a
/// category.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Codes">How many codes there are, from 0.</param>
/// <param name="Features">How many numbers are learned for each.</param>
public sealed record CodedColumn(string Name, int Codes, int Features);
