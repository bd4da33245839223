namespace DeepPS.Import;

/// <summary>A file or folder to import.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Label">The class of an image file, where the user gave one.</param>
internal sealed record ImportFile(string Path, string? Label);
