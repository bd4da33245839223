using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How the label becomes targets, and outputs become predictions.</summary>
public sealed class LabelPlan
{
    private readonly Dictionary<string, int> numbers;
    private readonly Lazy<Array> values;

    internal LabelPlan(string name, LabelKind kind, Shape shape, IReadOnlyList<string> classes,
        double mean = 0, double scale = 1, bool isInput = false)
        : this([new LabelPart(name, mean, scale)], kind, shape, classes, isInput)
    {
    }

    internal LabelPlan(IReadOnlyList<LabelPart> parts, LabelKind kind, Shape shape, IReadOnlyList<string> classes,
        bool isInput = false)
    {
        Parts = parts;
        Kind = kind;
        Shape = shape;
        Classes = classes;
        IsInput = isInput;
        values = new(() => ClassValues.Of(classes, HasBooleans));
        numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < classes.Count; i++)
            numbers.Add(classes[i], i);
    }

    /// <summary>
    /// The label's columns, separated by commas; <c>input</c> where the network reproduces its input.
    /// </summary>
    public string Name => string.Join(", ", Parts.Select(part => part.Name));

    /// <summary>The label's columns, and how the numbers of each are scaled.</summary>
    public IReadOnlyList<LabelPart> Parts { get; }

    /// <summary>Whether the label is a class, a number, or any of several names.</summary>
    public LabelKind Kind { get; }

    /// <summary>
    /// The shape of one sample's label: that of its numbers, <c>1</c> for a single one; that of the places with a class
    /// each, no axis for a single class; or the number of names, each of which is there or not.
    /// </summary>
    public Shape Shape { get; }

    /// <summary>
    /// The classes, or the names of which each is there or not, by number; none where the label is a number.
    /// </summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// The mean of a number label in the training part, that of the first of several; 0 for classes and unscaled
    /// numbers.
    /// </summary>
    public double Mean => Parts[0].Mean;

    /// <summary>
    /// A number label is learned as (value - <see cref="Mean"/>) / Scale: its standard deviation; else 1.
    /// </summary>
    public double Scale => Parts[0].Scale;

    /// <summary>Whether there is no label and the network reproduces its input, as an autoencoder does.</summary>
    public bool IsInput { get; }

    internal string Description => (Kind, IsInput, Shape.Rank) switch
    {
        (_, true, _) => "the input itself",
        (LabelKind.Text, _, _) => Text!.Description,
        (LabelKind.Labels, _, _) => $"any of {Classes.Count} names",
        (LabelKind.Class, _, 0) => $"class, one of {Classes.Count}",
        (LabelKind.Class, _, _) => $"class at each of {Shape} places, one of {Classes.Count}",
        _ when Parts.Count > 1 => string.Join("; ", Parts.Select(part => $"{part.Name}, {part.Description}")),
        _ => (Shape.Size == 1 ? "number" : $"{Shape} numbers")
            + (Scale == 1 && Mean == 0 ? "" : $", {Parts[0].Description}"),
    };

    /// <summary>A description of the label in words that follow its name: <c>has 3 classes</c>.</summary>
    internal string Nature => (Kind, Shape.Size) switch
    {
        (LabelKind.Text, _) => $"is text of {Classes.Count} tokens at {Shape} places",
        (LabelKind.Labels, _) => $"is any of {Classes.Count} names",
        (LabelKind.Class, _) => $"has {Classes.Count} classes" + (Shape.Rank > 0 ? $" at {Shape} places" : ""),
        (_, 1) => "is a number",
        _ => $"is {Shape} numbers",
    };

    /// <summary>The classes in the label's type; see <see cref="ClassValues"/>.</summary>
    internal Array Values => values.Value;

    /// <summary>Whether a row without a value is used: it has none of the names.</summary>
    internal bool MayLack => Mark is not null;

    /// <summary>Whether its arrays differ in length and are padded: with no class, or with NaN.</summary>
    internal bool IsPadded { get; init; }

    /// <summary>Whether the label's values were booleans.</summary>
    internal bool HasBooleans { get; init; }

    /// <summary>The mark between names in one text; null: names are not in one text.</summary>
    internal char? Mark { get; init; }

    /// <summary>How text becomes tokens; null for other labels.</summary>
    internal TargetEncoder? Text { get; private init; }

    /// <summary>The plan of text that the network produces.</summary>
    internal static LabelPlan OfText(string name, TargetEncoder text) =>
        new(name, LabelKind.Text, text.Shape, text.Classes) { Text = text };

    /// <summary>The plan for a network that reproduces its input, in whatever shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="isPadded">Whether the input's arrays differ in length.</param>
    internal static LabelPlan OfInput(Shape shape, bool isPadded = false) =>
        new(NetworkInput.DefaultName, LabelKind.Number, shape, [], isInput: true) { IsPadded = isPadded };

    /// <summary>The plan with unscaled numbers.</summary>
    internal LabelPlan Unscaled() => Parts.All(part => part is { Mean: 0, Scale: 1 }) ? this
        : new LabelPlan(Parts.Select(part => new LabelPart(part.Name)).ToArray(), Kind, Shape, Classes, IsInput)
        {
            IsPadded = IsPadded,
        };

    /// <summary>
    /// Class numbers (long), 0 and 1 for each name (long) or standardised numbers (float), row after row; every row has
    /// its label.
    /// </summary>
    /// <param name="columns">The label's columns.</param>
    /// <param name="log">Told of names that training did not know.</param>
    internal Array Encode(IReadOnlyList<Column> columns, Action<string>? log = null) => Kind switch
    {
        LabelKind.Class => LabelTargets.Classes(this, columns[0], numbers),
        LabelKind.Labels => SeveralNames.Encode(this, columns, numbers, log),
        LabelKind.Text => Tokens(columns[0], log),
        _ => LabelTargets.Numbers(this, columns),
    };

    private long[] Tokens(Column column, Action<string>? log)
    {
        var targets = Text!.Targets(column, out var unknown);
        if (unknown > 0)
            log?.Invoke($"Label '{Name}': {unknown:N0} texts have tokens that training did not know; they count as "
                + "one unknown token.");
        return targets;
    }

    /// <summary>The number of rows, or places, of each class in a dataset.</summary>
    internal long[] ClassCounts(Dataset data)
    {
        var (codes, levels) = ColumnValues.Levels(data.Find(Name)!, Shape, IsPadded);
        var classes = levels.Select(level => numbers.GetValueOrDefault(level, -1)).ToArray();
        var counts = new long[Classes.Count];
        foreach (var code in codes.Span)
            if (code >= 0 && classes[code] >= 0)
                counts[classes[code]]++;
        return counts;
    }
}
