namespace DeepPS.Data;

/// <summary>The texts that numbers were read from, packed: a byte for the length of each, then its bytes.</summary>
internal sealed class NumberTexts
{
    /// <summary>The longest text that can be kept.</summary>
    public const int Longest = byte.MaxValue;

    private byte[] bytes = new byte[1024];
    private int length;

    /// <summary>Adds a text; an empty one for a number that was not text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        var end = length + 1 + text.Length;
        if (end > bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * bytes.Length)));
        bytes[length] = (byte)text.Length;
        text.CopyTo(bytes.AsSpan(length + 1));
        length = end;
    }

    /// <summary>Reads the text at a place, and moves the place to the next.</summary>
    public ReadOnlySpan<byte> Read(ref int at)
    {
        var text = bytes.AsSpan(at + 1, bytes[at]);
        at += 1 + text.Length;
        return text;
    }
}
