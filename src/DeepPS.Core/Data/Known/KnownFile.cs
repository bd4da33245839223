namespace DeepPS.Data;

/// <summary>A file of a published dataset.</summary>
/// <param name="Name">Its name, in its address and on disk.</param>
/// <param name="Size">Its size in bytes; null where none is published.</param>
/// <param name="Checksum">Its MD5 (32 hexadecimal digits) or SHA-256 (64), in lower case.</param>
public sealed record KnownFile(string Name, long? Size, string Checksum);
