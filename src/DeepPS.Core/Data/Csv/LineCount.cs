namespace DeepPS.Data;

/// <summary>Counts lines with any kind of line end.</summary>
internal static class LineCount
{
    /// <summary>The number of line ends: LF, CR, or both as one.</summary>
    public static long Of(ReadOnlySpan<byte> text)
    {
        long lines = text.Count((byte)'\n');
        for (var rest = text; rest.IndexOf((byte)'\r') is var at and >= 0; rest = rest[(at + 1)..])
            if (at + 1 == rest.Length || rest[at + 1] != '\n')
                lines++;
        return lines;
    }
}
