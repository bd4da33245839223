using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Collects a column of arrays: of numbers as long as all values are numbers, else of names.</summary>
internal sealed class ArrayBuilder(string name) : IRowBuilder
{
    private readonly ColumnBuilder values = new(name);
    private readonly List<object?> row = [];
    private int count;

    /// <summary>The shape of the arrays; null before the first.</summary>
    public Shape? Shape { get; private set; }

    /// <summary>The number of rows added.</summary>
    public int Count => count;

    /// <summary>Adds an array.</summary>
    /// <returns>Why the column cannot hold it, in words that follow its name; null where it was added.</returns>
    public string? Add(IList array)
    {
        row.Clear();
        if (NestedArray.Flatten(array, row) is not { } shape)
            return "holds arrays that are empty or uneven";
        if (Shape is not null && !Shape.Equals(shape))
            return $"holds arrays of different shapes, {Shape} and then {shape}";
        if (row.FirstOrDefault(IsStrange) is { } stranger)
            return $"holds arrays of objects of type {stranger.GetType().Name}";
        if (Shape is null)
        {
            Shape = shape;
            Pad(count);
        }

        foreach (var value in row)
            Add(value);
        count++;
        return null;
    }

    /// <summary>Adds a row that has no array.</summary>
    public void AddMissing()
    {
        if (Shape is not null)
            Pad(1);
        count++;
    }

    /// <summary>The column.</summary>
    public Column Build() => values.Build() switch
    {
        NumberColumn numbers => new TensorColumn(values.Name, numbers.Values.Convert(number => (float)number), Shape!),
        CategoryColumn names => new TokenColumn(values.Name, names.Codes.ToArray(), names.Levels, Shape!),
        _ => throw new InvalidOperationException(),
    };

    private static bool IsStrange(object? value) =>
        value is not (null or DBNull) && !RawValue.IsNumber(value, out _) && RawValue.ToText(value) is null;

    private void Pad(int rows)
    {
        for (var i = 0L; i < rows * Shape!.Size; i++)
            values.AddMissing();
    }

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
