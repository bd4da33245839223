namespace DeepPS.Data;

/// <summary>An image file of a set.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">Its class; null: none.</param>
public sealed record ImageFile(string Path, string? Label);
