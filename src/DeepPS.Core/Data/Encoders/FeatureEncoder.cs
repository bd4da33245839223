namespace DeepPS.Data;

/// <summary>An encoder that makes a fixed count of numbers from each value.</summary>
internal abstract class FeatureEncoder : ColumnEncoder
{
    /// <summary>The count of numbers for each value.</summary>
    public abstract int Width { get; }

    /// <summary>How many of them, counted from the first, are amounts: neither flags nor numbers of names.</summary>
    public virtual int Amounts => 0;

    /// <summary>Writes the numbers of each row into a matrix of zeros.</summary>
    /// <param name="column">The values.</param>
    /// <param name="matrix">The matrix, row after row.</param>
    /// <param name="offset">The place of the column's first number in a row.</param>
    /// <param name="stride">The count of numbers in a row of the matrix.</param>
    /// <returns>How many values training did not know.</returns>
    public abstract int Encode(Column column, float[] matrix, int offset, int stride);
}
