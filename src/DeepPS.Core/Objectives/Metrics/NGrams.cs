using System.Runtime.InteropServices;

namespace DeepPS.Objectives;

/// <summary>Counts runs of neighbouring pieces of text.</summary>
internal static class NGrams
{
    /// <summary>How often each run of n pieces occurs.</summary>
    /// <param name="pieces">Pieces without spaces in them.</param>
    /// <param name="n">The number of pieces in a run.</param>
    public static Dictionary<string, long> Of(string[] pieces, int n)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i + n <= pieces.Length; i++)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, string.Join(' ', pieces, i, n), out _)++;
        return counts;
    }
}
