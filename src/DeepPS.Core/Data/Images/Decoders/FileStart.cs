namespace DeepPS.Data;

/// <summary>What files of a format begin with.</summary>
internal static class FileStart
{
    /// <summary>Whether bytes begin as a pattern says.</summary>
    /// <param name="first">The bytes.</param>
    /// <param name="pattern">A character a byte; a ? is any byte.</param>
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
