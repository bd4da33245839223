namespace DeepPS;

/// <summary>A named column of a dataset, of one kind of value.</summary>
public abstract class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The kind of its values: <c>Number</c>, <c>Category</c>, <c>Image</c>, <c>Tensor</c> or <c>Tokens</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>How many rows it has.</summary>
    public abstract int Count { get; }

    /// <summary>How many rows have no value.</summary>
    public abstract int Missing { get; }

    /// <summary>The value of a row as an object: a double, a string, an array of them, null where it is missing.</summary>
    public abstract object? this[int row] { get; }

    /// <summary>The column with some of its rows, in the order given.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The same values under another name.</summary>
    public abstract Column Rename(string name);

    /// <summary>What values there are, on one line.</summary>
    public abstract string Describe();
}

/// <summary>Numbers; NaN where there is none.</summary>
public sealed class NumberColumn(string name, double[] values) : Column(name)
{
    /// <summary>The values, one a row.</summary>
    public double[] Values { get; } = values;

    /// <inheritdoc/>
    public override string Kind => "Number";

    /// <inheritdoc/>
    public override int Count => Values.Length;

    /// <inheritdoc/>
    public override int Missing => Values.Count(double.IsNaN);

    /// <inheritdoc/>
    public override object? this[int row] => double.IsNaN(Values[row]) ? null : Values[row];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new NumberColumn(Name, ColumnRows.Take<double>(Values, rows));

    /// <inheritdoc/>
    public override Column Rename(string name) => new NumberColumn(name, Values);

    /// <inheritdoc/>
    public override string Describe()
    {
        var present = Values.Where(value => !double.IsNaN(value)).ToArray();
        return present.Length == 0 ? "none" : FormattableString.Invariant($"{present.Min():G6} to {present.Max():G6}");
    }
}

/// <summary>One of a few names a row.</summary>
/// <param name="name">The column's name.</param>
/// <param name="codes">The number of each row's level; -1 where there is none.</param>
/// <param name="levels">The names, by number.</param>
public sealed class CategoryColumn(string name, int[] codes, IReadOnlyList<string> levels) : Column(name)
{
    private const int LevelsShown = 10;

    /// <summary>The number of each row's level in <see cref="Levels"/>; -1 where there is none.</summary>
    public int[] Codes { get; } = codes;

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Levels { get; } = levels as string[] ?? levels.ToArray();

    /// <inheritdoc/>
    public override string Kind => "Category";

    /// <inheritdoc/>
    public override int Count => Codes.Length;

    /// <inheritdoc/>
    public override int Missing => Codes.Count(code => code < 0);

    /// <inheritdoc/>
    public override object? this[int row] => Codes[row] < 0 ? null : Levels[Codes[row]];

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new CategoryColumn(Name, ColumnRows.Take<int>(Codes, rows), Levels);

    /// <inheritdoc/>
    public override Column Rename(string name) => new CategoryColumn(name, Codes, Levels);

    /// <inheritdoc/>
    public override string Describe() => Describe(Levels);

    internal static string Describe(IReadOnlyList<string> levels) =>
        $"{levels.Count}: {string.Join(", ", levels.Take(LevelsShown))}" + (levels.Count > LevelsShown ? ", ..." : "");
}

/// <summary>One image a row, all of one shape, as bytes (channels, height, width).</summary>
/// <param name="name">The column's name.</param>
/// <param name="pixels">The images one after the other.</param>
/// <param name="shape">The shape of one image: channels, height, width.</param>
public sealed class ImageColumn(string name, byte[] pixels, Shape shape) : Column(name)
{
    /// <summary>The images one after the other, each channels, height, width; 0 to 255.</summary>
    public byte[] Pixels { get; } = pixels;

    /// <summary>The shape of one image: channels, height, width.</summary>
    public Shape Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Kind => "Image";

    /// <inheritdoc/>
    public override int Count => (int)(Pixels.LongLength / Shape.Size);

    /// <inheritdoc/>
    public override int Missing => 0;

    /// <inheritdoc/>
    public override object? this[int row] => Pixels.AsSpan((int)(row * Shape.Size), (int)Shape.Size).ToArray();

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows) => new ImageColumn(Name, ColumnRows.Take<byte>(Pixels, rows, (int)Shape.Size), Shape);

    /// <inheritdoc/>
    public override Column Rename(string name) => new ImageColumn(name, Pixels, Shape);

    /// <inheritdoc/>
    public override string Describe() => $"{Shape} bytes";
}

internal static class ColumnRows
{
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            taken[i] = values[rows[i]];
        return taken;
    }

    /// <summary>Some rows of so many values each.</summary>
    public static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows, int size)
    {
        var taken = new T[(long)rows.Length * size];
        for (var i = 0; i < rows.Length; i++)
            values.Slice(rows[i] * size, size).CopyTo(taken.AsSpan(i * size, size));
        return taken;
    }
}
