using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The number of each row's group, from 0 in the order of first rows; rows without a value form one group.
/// </summary>
internal sealed class RowGroups
{
    private readonly ColumnStore<int> numbers;

    private RowGroups(ColumnStore<int> numbers, int count) => (this.numbers, Count) = (numbers, count);

    /// <summary>The number of groups.</summary>
    public int Count { get; }

    /// <summary>The group of each row.</summary>
    public ReadOnlySpan<int> Span => numbers.Span;

    /// <summary>The groups by a column.</summary>
    public static RowGroups Of(Column column) =>
        column is TimeColumn times ? Numbered(times.Store) : Numbered(ColumnValues.Levels(column, new Shape()).Codes);

    private static RowGroups Numbered<T>(ColumnStore<T> values)
        where T : unmanaged
    {
        var known = new Dictionary<T, int>();
        var numbers = values.Convert(value =>
        {
            if (!known.TryGetValue(value, out var number))
                known.Add(value, number = known.Count);
            return number;
        });
        return new RowGroups(numbers, known.Count);
    }
}
