using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Collects a column of arrays: of numbers as long as all values are numbers, else of names. Arrays that differ only in
/// the length of their first axis, such as sequences, are padded to the longest.
/// </summary>
internal sealed class ArrayBuilder(string name) : IRowBuilder
{
    private readonly ColumnBuilder values = new(name);
    private readonly List<int> lengths = [];
    private readonly List<object?> row = [];

    /// <summary>The shape of the longest array; null before the first.</summary>
    public Shape? Shape { get; private set; }

    /// <summary>The length of the last array.</summary>
    public int Last => lengths[^1];

    /// <summary>The number of rows added.</summary>
    public int Count => lengths.Count;

    /// <summary>Adds an array.</summary>
    /// <returns>Why the column cannot hold it, in words that follow its name; null where it was added.</returns>
    public string? Add(IList array)
    {
        row.Clear();
        if (NestedArray.Flatten(array, row) is not { } shape)
            return "holds arrays that are empty or uneven";
        if (Shape is not null && !Shape.Skip(1).SequenceEqual(shape.Skip(1)))
            return $"holds arrays of different shapes, {Shape} and then {shape}";
        if (row.FirstOrDefault(IsStrange) is { } stranger)
            return $"holds arrays of objects of type {((stranger as ITreeNode)?.Identity ?? stranger).GetType().Name}";
        Shape = Shape?[0] >= shape[0] ? Shape : shape;
        foreach (var value in row)
            Add(value);
        lengths.Add((int)shape[0]);
        return null;
    }

    /// <summary>Adds a row that has no array.</summary>
    public void AddMissing() => lengths.Add(0);

    /// <summary>The column.</summary>
    /// <exception cref="DlException"><c>TooLarge</c>: padded to the longest, the arrays fit into no array.</exception>
    public Column Build()
    {
        var padding = new SequenceLengths(lengths.ToArray(), Shape!);
        return values.Build() switch
        {
            NumberColumn numbers => new TensorColumn(values.Name,
                padding.Padded(values.Name, numbers.Values.Convert(number => (float)number), float.NaN), Shape!,
                padding.OrNull),
            CategoryColumn names => new TokenColumn(values.Name,
                padding.Padded<int>(values.Name, names.Codes, -1), names.Levels, Shape!, padding.OrNull),
            _ => throw new InvalidOperationException(),
        };
    }

    private static bool IsStrange(object? value) =>
        value is not (null or DBNull) && !RawValue.IsNumber(value, out _) && RawValue.ToText(value) is null;

    private void Add(object? value)
    {
        if (value is null or DBNull)
            values.AddMissing();
        else if (RawValue.IsNumber(value, out var number))
            values.Add(double.IsFinite(number) ? number : double.NaN);
        else
            values.Add(RawValue.ToText(value)!);
    }
}
