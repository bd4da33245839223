namespace DeepPS;

/// <summary>The filters of PNG (ISO/IEC 15948, 9): each byte is given as the difference to a guess.</summary>
internal static class PngFilter
{
    /// <summary>Makes a row of differences the row itself.</summary>
    /// <param name="type">The filter, 0 to 4.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above; zeros above the first.</param>
    /// <param name="left">How far a byte is from the one that it stands for in the pixel to the left.</param>
    public static void Undo(byte type, Span<byte> row, ReadOnlySpan<byte> above, int left)
    {
        above = above[..row.Length];
        var first = Math.Min(left, row.Length);
        switch (type)
        {
            case 0:
                return;
            case 1:
                for (var i = left; i < row.Length; i++)
                    row[i] += row[i - left];
                return;
            case 2:
                for (var i = 0; i < row.Length; i++)
                    row[i] += above[i];
                return;
            case 3:
                for (var i = 0; i < first; i++)
                    row[i] += (byte)(above[i] >> 1);
                for (var i = left; i < row.Length; i++)
                    row[i] += (byte)((row[i - left] + above[i]) >> 1);
                return;
            case 4:
                for (var i = 0; i < first; i++)
                    row[i] += above[i];
                for (var i = left; i < row.Length; i++)
                    row[i] += Paeth(row[i - left], above[i], above[i - left]);
                return;
            default:
                throw new ImageFormatException($"is damaged: there is no filter {type}");
        }
    }

    /// <summary>Whichever of three neighbours is nearest to left + above - corner.</summary>
    private static byte Paeth(int left, int above, int corner)
    {
        var toLeft = Math.Abs(above - corner);
        var toAbove = Math.Abs(left - corner);
        var toCorner = Math.Abs(left + above - 2 * corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
