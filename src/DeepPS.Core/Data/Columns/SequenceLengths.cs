using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The lengths of arrays that are padded to one shape along their first axis.</summary>
/// <param name="lengths">The length of each row's array; 0 where it is missing.</param>
/// <param name="shape">The shape that they are padded to.</param>
internal sealed class SequenceLengths(int[] lengths, Shape shape)
{
    private readonly int step = (int)(shape.Size / shape[0]);

    /// <summary>Itself; null where each array has the full length or is missing.</summary>
    public SequenceLengths? OrNull => lengths.All(length => length == 0 || length == shape[0]) ? null : this;

    /// <summary>The number of values of a row's array.</summary>
    public int Of(int row) => lengths[row] * step;

    /// <summary>The shape of a row's array.</summary>
    public Shape ShapeOf(int row) => new([lengths[row], .. shape.Skip(1)]);

    /// <summary>The lengths of some rows.</summary>
    public SequenceLengths Take(ReadOnlySpan<int> rows) => new(ColumnRows.Take<int>(lengths, rows), shape);

    /// <summary>Whether another shape has room for the arrays.</summary>
    public bool Fit(Shape other) =>
        other.Skip(1).SequenceEqual(shape.Skip(1)) && lengths.All(length => length <= other[0]);

    /// <summary>The same arrays padded to another shape.</summary>
    public (SequenceLengths Lengths, T[] Values) To<T>(string column, ReadOnlySpan<T> padded, Shape other, T padding)
    {
        var to = new SequenceLengths(lengths, other);
        var values = to.New(column, padding);
        for (var row = 0; row < lengths.Length; row++)
            padded.Slice(row * (int)shape.Size, Of(row)).CopyTo(values.AsSpan(row * (int)other.Size));
        return (to, values);
    }

    /// <summary>Arrays one after the other, each padded at its end.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="values">The values of all arrays in a row.</param>
    /// <param name="padding">The value of padding.</param>
    /// <exception cref="DlException"><c>TooLarge</c>.</exception>
    public T[] Padded<T>(string column, ReadOnlySpan<T> values, T padding)
    {
        var all = New(column, padding);
        for (int row = 0, from = 0; row < lengths.Length; from += Of(row), row++)
            values.Slice(from, Of(row)).CopyTo(all.AsSpan(row * (int)shape.Size));
        return all;
    }

    /// <inheritdoc cref="Padded{T}(string, ReadOnlySpan{T}, T)"/>
    public T[] Padded<T>(string column, T[] values, T padding) => Padded<T>(column, values.AsSpan(), padding);

    private T[] New<T>(string column, T padding)
    {
        if ((Int128)lengths.Length * shape.Size > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"The {lengths.Length:N0} arrays of '{column}', padded to the longest ({shape}), are more than one "
                + $"array holds ({Array.MaxLength:N0} values). Cut the longest, or use fewer rows.", column);
        var values = new T[lengths.Length * shape.Size];
        Array.Fill(values, padding);
        return values;
    }
}
