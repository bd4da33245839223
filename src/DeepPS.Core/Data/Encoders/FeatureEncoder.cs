namespace DeepPS.Data;

/// <summary>An encoder that makes a fixed count of numbers from each value.</summary>
internal abstract class FeatureEncoder : ColumnEncoder
{
    /// <summary>The count of numbers for each value.</summary>
    public abstract int Width { get; }

    /// <summary>How many of them, counted from the first, are amounts: neither flags nor numbers of names.</summary>
    public virtual int Amounts => 0;

    /// <summary>Which values are unlike those of training: names that it did not have, numbers far outside its range.
    /// </summary>
    /// <param name="column">The values.</param>
    /// <returns>A flag for each row; null where there are none.</returns>
    public virtual bool[]? Unfamiliar(Column column) => null;

    /// <summary>Which rows hold names that are not known.</summary>
    protected static bool[]? Unknown(Column column, Func<string, bool> isKnown)
    {
        var (store, names) = column.AsLevels();
        var unknown = names.Select(name => !isKnown(name)).ToArray();
        return unknown.Contains(true) ? store.Span.Convert(code => code >= 0 && unknown[code]) : null;
    }

    /// <summary>Writes the numbers of each row into a matrix of zeros.</summary>
    /// <param name="column">The values.</param>
    /// <param name="matrix">The matrix, row after row.</param>
    /// <param name="offset">The place of the column's first number in a row.</param>
    /// <param name="stride">The count of numbers in a row of the matrix.</param>
    /// <returns>How many values training did not know.</returns>
    public abstract int Encode(Column column, float[] matrix, int offset, int stride);
}
