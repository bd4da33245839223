using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Encodes several columns into one matrix, row after row.</summary>
internal static class InputMatrix
{
    private const int RowsAtOnce = 4096;

    /// <summary>
    /// With more levels than this, looking them up again for each block of rows would take longer than it saves.
    /// </summary>
    private const int ManyLevels = 256;

    /// <summary>The numbers of every row.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="width">The count of numbers in a row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="find">Finds a column's values by name.</param>
    /// <param name="log">Told of values that training did not know.</param>
    public static float[] Of(
        ColumnPlan[] columns, int width, int count, Func<string, Column> find, Action<string>? log)
    {
        if ((long)count * width > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"{count:N0} rows of {width:N0} numbers are more than one array holds ({Array.MaxLength:N0}). Use "
                    + "fewer rows, or leave out columns with many levels.");
        var matrix = new float[(long)count * width];
        var sources = Array.ConvertAll(columns, column => find(column.Name));
        var unknown = new int[columns.Length];
        // Blocks of rows stay in the processor's cache until all their columns are encoded.
        if (count > RowsAtOnce && !sources.Any(source => source is CategoryColumn { Levels.Count: > ManyLevels }))
            try
            {
                Parallel.For(0, (count + RowsAtOnce - 1) / RowsAtOnce, block =>
                {
                    var size = Math.Min(RowsAtOnce, count - block * RowsAtOnce);
                    Fill(columns, matrix, width, sources, block * RowsAtOnce, size, unknown);
                });
            }
            catch (AggregateException)
            {
                // Encoding all rows at once gives the error its row number in the whole dataset.
                Fill(columns, matrix, width, sources, 0, count, unknown);
                throw;
            }
        else
            Fill(columns, matrix, width, sources, 0, count, unknown);
        for (var i = 0; i < columns.Length; i++)
            Tell(columns[i], unknown[i], log);
        return matrix;
    }

    private static void Fill(
        ColumnPlan[] columns, float[] matrix, int width, Column[] sources, int first, int size, int[] unknown)
    {
        for (var (i, offset) = (0, first * width); i < columns.Length; i++)
        {
            var encoder = (FeatureEncoder)columns[i].Encoding!;
            var rows = size == sources[i].Count ? sources[i] : sources[i].Slice(first, size);
            Interlocked.Add(ref unknown[i], encoder.Encode(rows, matrix, offset, width));
            offset += encoder.Width;
        }
    }

    /// <summary>Tells how many values of a column training did not know.</summary>
    public static void Tell(ColumnPlan column, int unknown, Action<string>? log)
    {
        if (unknown > 0)
            log?.Invoke(
                $"Column '{column.Name}': {unknown:N0} values are rare in the training data or were not in it; they "
                    + "count as one other, or as missing.");
    }
}
