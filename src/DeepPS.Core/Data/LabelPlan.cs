namespace DeepPS;

/// <summary>How the label becomes targets, and outputs become predictions.</summary>
public sealed class LabelPlan
{
    private readonly Dictionary<string, int> numbers;

    internal LabelPlan(string name, LabelKind kind, IReadOnlyList<string> classes, double mean, double scale)
    {
        Name = name;
        Kind = kind;
        Classes = classes;
        Mean = mean;
        Scale = scale;
        numbers = classes.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
    }

    /// <summary>The label's column.</summary>
    public string Name { get; }

    /// <summary>Whether it is a class or a number.</summary>
    public LabelKind Kind { get; }

    /// <summary>The classes by number; none where the label is a number.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The mean of a number label in the training part; 0 for classes.</summary>
    public double Mean { get; }

    /// <summary>A number label is learned as (value - <see cref="Mean"/>) / Scale: its standard deviation; 1 for classes.</summary>
    public double Scale { get; }

    internal string Description => Kind is LabelKind.Class
        ? $"class, one of {Classes.Count}"
        : $"number, standardised (mean {Mean:G6}, deviation {Scale:G6})";

    internal static LabelPlan Fit(Column column)
    {
        if (column is NumberColumn numbers)
        {
            var (mean, scale) = Standardization.Of(numbers.Values);
            return new LabelPlan(column.Name, LabelKind.Number, [], mean, scale);
        }

        return new LabelPlan(column.Name, LabelKind.Class, ColumnValues.SortedLevels(column), 0, 1);
    }

    /// <summary>Class numbers (long) or standardised numbers (float), a row each; every row has a label.</summary>
    internal Array Encode(Column column) => Kind is LabelKind.Class ? EncodeClasses(column) : EncodeNumbers(column);

    private long[] EncodeClasses(Column column)
    {
        var (codes, levels) = ColumnValues.Levels(column);
        var classes = levels.Select(level => numbers.GetValueOrDefault(level, -1)).ToArray();
        var targets = new long[codes.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = classes[codes[i]];
            if (targets[i] < 0)
                throw new DlException("UnknownClass", DlErrorKind.InvalidData,
                    $"Class '{levels[codes[i]]}' of label '{Name}' was not in the training data. Classes: {Known()}. "
                    + "Train with rows of that class, or leave its rows out.", levels[codes[i]]);
        }

        return targets;
    }

    private float[] EncodeNumbers(Column column)
    {
        var values = ColumnValues.Numbers(column);
        var targets = new float[values.Length];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = (float)((values[i] - Mean) / Scale);
        return targets;
    }

    private string Known() => Classes.Count <= 20
        ? string.Join(", ", Classes)
        : $"{string.Join(", ", Classes.Take(20))} and {Classes.Count - 20} more";
}
