namespace DeepPS.Data;

/// <summary>Compares the first bytes of a file with the pattern of a format.</summary>
internal static class FileStart
{
    /// <summary>Whether bytes begin with a pattern.</summary>
    /// <param name="first">The bytes.</param>
    /// <param name="pattern">One character per byte; a ? is any byte.</param>
    public static bool Fits(ReadOnlySpan<byte> first, string pattern)
    {
        if (first.Length < pattern.Length)
            return false;
        for (var i = 0; i < pattern.Length; i++)
            if (pattern[i] != '?' && pattern[i] != first[i])
                return false;
        return true;
    }
}
