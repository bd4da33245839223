namespace DeepPS;

/// <summary>How the label becomes targets, and outputs become predictions.</summary>
public sealed class LabelPlan
{
    private readonly Dictionary<string, int> numbers;

    internal LabelPlan(string name, LabelKind kind, Shape shape, IReadOnlyList<string> classes,
        double mean = 0, double scale = 1, bool isInput = false)
    {
        Name = name;
        Kind = kind;
        Shape = shape;
        Classes = classes;
        Mean = mean;
        Scale = scale;
        IsInput = isInput;
        numbers = classes.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
    }

    /// <summary>The label's column; <c>input</c> where the input itself is to be predicted.</summary>
    public string Name { get; }

    /// <summary>Whether it is a class or a number.</summary>
    public LabelKind Kind { get; }

    /// <summary>
    /// The shape of one sample's label: of numbers, <c>1</c> for one alone; of the places that have a class each, no axis for one
    /// class alone.
    /// </summary>
    public Shape Shape { get; }

    /// <summary>The classes by number; none where the label is a number.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The mean of a number label in the training part; 0 for classes and for numbers learned as they are.</summary>
    public double Mean { get; }

    /// <summary>A number label is learned as (value - <see cref="Mean"/>) / Scale: its standard deviation; else 1.</summary>
    public double Scale { get; }

    /// <summary>Whether there is no label: what is predicted is the input, as an autoencoder does.</summary>
    public bool IsInput { get; }

    internal string Description => (Kind, IsInput, Shape.Rank) switch
    {
        (_, true, _) => "the input itself",
        (LabelKind.Class, _, 0) => $"class, one of {Classes.Count}",
        (LabelKind.Class, _, _) => $"class at each of {Shape} places, one of {Classes.Count}",
        _ => (Shape.Size == 1 ? "number" : $"{Shape} numbers") + (Scale == 1 && Mean == 0 ? ""
            : FormattableString.Invariant($", standardised (mean {Mean:G6}, deviation {Scale:G6})")),
    };

    /// <summary>What the label is, in words that follow its name: <c>has 3 classes</c>.</summary>
    internal string Nature => (Kind, Shape.Size) switch
    {
        (LabelKind.Class, _) => $"has {Classes.Count} classes" + (Shape.Rank > 0 ? $" at {Shape} places" : ""),
        (_, 1) => "is a number",
        _ => $"is {Shape} numbers",
    };

    internal static LabelPlan Fit(Column column)
    {
        if (column is NumberColumn or TensorColumn)
        {
            var (mean, scale) = Standardization.Of(column is TensorColumn tensor
                ? NumberSpan.Convert(tensor.Values, value => (double)value) : ((NumberColumn)column).Values);
            return new LabelPlan(column.Name, LabelKind.Number, (column as TensorColumn)?.Shape ?? new Shape(1), [], mean, scale);
        }

        return new LabelPlan(column.Name, LabelKind.Class, (column as TokenColumn)?.Shape ?? new Shape(), ColumnValues.SortedLevels(column));
    }

    /// <summary>The plan where the input itself, in whatever shape the network gives it, is to be predicted.</summary>
    internal static LabelPlan OfInput(Shape shape) => new(NetworkInput.DefaultName, LabelKind.Number, shape, [], isInput: true);

    /// <summary>The plan with the label's numbers as they are.</summary>
    internal LabelPlan Unscaled() => Mean == 0 && Scale == 1 ? this : new LabelPlan(Name, Kind, Shape, Classes, isInput: IsInput);

    /// <summary>Class numbers (long) or standardised numbers (float), a row after the other; every row has a label.</summary>
    internal Array Encode(Column column) => Kind is LabelKind.Class ? EncodeClasses(column) : EncodeNumbers(column);

    /// <summary>How many rows, or places, of a dataset each class has.</summary>
    internal long[] ClassCounts(Dataset data)
    {
        var (codes, levels) = ColumnValues.Levels(data.Find(Name)!, Shape);
        var classes = levels.Select(level => numbers.GetValueOrDefault(level, -1)).ToArray();
        var counts = new long[Classes.Count];
        foreach (var code in codes.Span)
            if (code >= 0 && classes[code] >= 0)
                counts[classes[code]]++;
        return counts;
    }

    private long[] EncodeClasses(Column column)
    {
        var (store, levels) = ColumnValues.Levels(column, Shape);
        var codes = store.Span;
        var classes = levels.Select(level => numbers.GetValueOrDefault(level, -1)).ToArray();
        var targets = new long[codes.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = codes[i] < 0 ? -1 : classes[codes[i]];
            if (targets[i] < 0 && codes[i] >= 0)
                throw new DlException("UnknownClass", DlErrorKind.InvalidData,
                    $"Class '{levels[codes[i]]}' of label '{Name}' was not in the training data. Classes: {Known()}. "
                    + "Train with rows of that class, or leave its rows out.", levels[codes[i]]);
        }

        return targets;
    }

    private float[] EncodeNumbers(Column column)
    {
        if (Shape.Equals(new Shape(1)) && column is not TensorColumn)
            return ColumnValues.Numbers(column).Convert(value => (float)((value - Mean) / Scale));
        var values = ColumnValues.Arrays(column, Shape);
        return Mean == 0 && Scale == 1 ? values : Array.ConvertAll(values, value => (float)((value - Mean) / Scale));
    }

    private string Known() => Classes.Count <= 20
        ? string.Join(", ", Classes)
        : $"{string.Join(", ", Classes.Take(20))} and {Classes.Count - 20} more";
}
