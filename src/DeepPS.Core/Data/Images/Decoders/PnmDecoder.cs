namespace DeepPS.Data;

/// <summary>Netpbm's formats P1 to P6: bits, grey and colour, as text or as bytes, of up to 16 bits a sample.</summary>
internal sealed class PnmDecoder : IImageDecoder
{
    public string Format => "PNM";

    public IReadOnlyList<string> Extensions { get; } = [".pnm", ".pbm", ".pgm", ".ppm"];

    /// <summary>A table may begin with a letter and a digit too; so a number or a comment must follow.</summary>
    public bool Knows(ReadOnlySpan<byte> start) =>
        start.Length > 3 && start[0] == 'P' && start[1] is >= (byte)'1' and <= (byte)'6' && PnmImage.IsSpace(start[2])
        && start[2..].IndexOfAnyExcept(" \t\r\n"u8) is var first and > 0
            && start[2 + first] is (>= (byte)'0' and <= (byte)'9') or (byte)'#';

    public IEncodedImage Open(ReadOnlyMemory<byte> file) => new PnmImage(file);
}
