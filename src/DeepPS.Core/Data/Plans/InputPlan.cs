using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// The columns of one input of a network: a single column with its own shape, or the numbers of several columns in a
/// row.
/// </summary>
internal sealed class InputPlan
{
    private readonly ColumnPlan[] columns;
    private readonly IWholeEncoder? whole;

    /// <summary>The names of the inputs of a network from text to text.</summary>
    public const string SourceName = "source", TargetName = "target";

    public InputPlan(string name, IEnumerable<ColumnPlan> columns, TargetEncoder? target = null)
    {
        Target = target;
        Name = name;
        // Codes are at the end of a row, where a network expects them.
        this.columns = columns.OrderBy(column => column.Encoding is EmbeddingEncoder).ToArray();
        whole = target ?? (this.columns is [{ Encoding: IWholeEncoder one }] ? one : null);
        if (target is null && !FitTogether(this.columns))
            throw NotTogether();
        Shape = whole?.Shape ?? new Shape(this.columns.Sum(column => ((FeatureEncoder)column.Encoding!).Width));
    }

    /// <summary>The input's name.</summary>
    public string Name { get; }

    /// <summary>How the label's text becomes this input, shifted by one place; null: it is no label.</summary>
    public TargetEncoder? Target { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape Shape { get; }

    /// <summary>The number of levels, where its values are numbers of levels and 0 is none; else null.</summary>
    public int? Levels => whole?.Levels;

    /// <summary>Its words, where its values are numbers of words; else null.</summary>
    public IVocabulary? Words => whole as IVocabulary;

    /// <summary>Whether it holds arrays of different lengths, padded with NaN.</summary>
    public bool IsPadded => whole?.IsPadded ?? false;

    /// <summary>Whether it holds trees.</summary>
    public bool IsTree => whole?.IsTree ?? false;

    /// <summary>The bytes of a sample's values: one for each number of an image, four for each other number.</summary>
    public long RowBytes => Shape.Size * (whole is ImageEncoder ? sizeof(byte) : sizeof(float));

    /// <summary>Whether it holds images of pixels, from 0 to 1 or standardised.</summary>
    public bool IsImage => whole is ImageEncoder;

    /// <summary>How the channels of images are standardised; null: they are not.</summary>
    public ChannelScale? Scale => whole?.Scale;

    /// <summary>Whether it holds numbers of names, or places in a tree, which can be neither blended nor shifted.
    /// </summary>
    public bool HoldsIds => IsTree || Target is not null
        || columns.Any(column => column.Encoding is IWholeEncoder { Levels: not null } or EmbeddingEncoder);

    /// <summary>Whether each of its numbers is an amount; empty for images.</summary>
    public IEnumerable<bool> Amounts => columns.Select(column => column.Encoding).OfType<FeatureEncoder>()
        .SelectMany(encoder => Enumerable.Range(0, encoder.Width).Select(place => place < encoder.Amounts));

    /// <summary>A description of its values.</summary>
    public string Nature => IsTree ? $"trees of up to {Shape[0]} nodes"
        : IsImage ? $"images {Shape}" : HoldsIds ? $"names {Shape}" : $"numbers {Shape}";

    /// <summary>Its codes, for which the network learns numbers: the last of its numbers.</summary>
    public IEnumerable<CodedColumn> Coded =>
        whole is not null ? [] : columns.Where(column => column.Encoding is EmbeddingEncoder)
        .Select(column => ((EmbeddingEncoder)column.Encoding!).For(column.Name));

    /// <summary>The columns, in their order; those of codes are the last.</summary>
    public IReadOnlyList<ColumnPlan> Columns => columns;

    /// <summary>The inputs by name: <c>input</c>, or <c>source</c> for a label of text, has all columns that no other
    /// name takes. <c>target</c> is a label of text, shifted by one place; so is <c>input</c> without such
    /// columns.</summary>
    /// <exception cref="DlException">
    /// <c>UnknownInput</c>: a name is not an input column; <c>ImageWithColumns</c>, <c>TextWithColumns</c>,
    /// <c>TreeWithColumns</c>.
    /// </exception>
    public static InputPlan[] All(
        IReadOnlyList<ColumnPlan> columns, IReadOnlyList<string> names, LabelPlan? label = null)
    {
        var text = label?.Text;
        var inputs = columns.Where(column => column.Role is ColumnRole.Input).ToArray();
        var rest = inputs.Where(column => !names.Any(name => Is(column, name))).ToArray();
        return names.Select(name =>
            inputs.FirstOrDefault(column => Is(column, name)) is { } own ? new InputPlan(own.Name, [own])
            : text is not null && (Is(name, TargetName) || Is(name, label!.Name)) ? OfTarget(name)
            : rest.Length > 0 && Is(name, NetworkInput.DefaultName) ? new InputPlan(NetworkInput.DefaultName, rest)
            : rest.Length > 0 && text is not null && Is(name, SourceName) ? new InputPlan(SourceName, rest)
            : text is not null && Is(name, NetworkInput.DefaultName) ? OfTarget(name)
            : throw Unknown(name, columns)).ToArray();

        // The column of a language model is the beginning of a text in a prediction.
        InputPlan OfTarget(string name) => new(name, inputs.Length > 0 ? []
            : [columns.First(column => Is(column, label!.Name)) with { Encoding = text }], text);
    }

    /// <summary>Whether columns can be one input: images and text must be alone.</summary>
    public static bool FitTogether(IEnumerable<ColumnPlan> columns) =>
        columns.ToArray() is var all && (all.Length == 1 || all.All(column => column.Encoding is FeatureEncoder));

    /// <summary>Encodes every row.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="find">Finds a column's values by name.</param>
    /// <param name="log">Told of values that training did not know.</param>
    public EncodedInput Encode(int count, Func<string, Column> find, Action<string>? log)
    {
        if (whole is null)
            return new EncodedInput(Name, Shape, InputMatrix.Of(columns, (int)Shape.Size, count, find, log));
        var values = whole.Encode(find(columns[0].Name), out var unknown);
        InputMatrix.Tell(columns[0], unknown, log);
        return new EncodedInput(Name, Shape, values) { Scale = whole.Scale };
    }

    private static bool Is(ColumnPlan column, string name) => Is(column.Name, name);

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static DlException Unknown(string name, IReadOnlyList<ColumnPlan> columns)
    {
        var why = columns.FirstOrDefault(column => Is(column, name)) is not { } column
                ? Is(name, NetworkInput.DefaultName) ? "all columns that no other input takes, of which there are none"
                    : "neither a layer nor a column"
            : column.Role is ColumnRole.LeftOut ? $"a column that is left out: {column.Reason}"
            : $"the data's {column.Role.ToString().ToLowerInvariant()}";
        var inputs = columns.Where(other => other.Role is ColumnRole.Input).Select(other => other.Name).ToArray();
        var nearest = NearestName.Of(name, inputs);
        return new DlException("UnknownInput", DlErrorKind.InvalidArgument,
            $"A layer takes its input from '{name}', which is {why}. "
            + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
            + $"Columns for inputs: {string.Join(", ", inputs)}.", name);
    }

    private DlException NotTogether()
    {
        var alone = columns.First(column => column.Encoding is not FeatureEncoder);
        var (kind, what) = alone.Encoding switch
        {
            TextEncoder => ("Text", "Text"),
            TreeEncoder => ("Tree", "Trees"),
            _ => ("Image", "Images"),
        };
        return new DlException($"{kind}WithColumns", DlErrorKind.InvalidData,
            $"{what} of '{alone.Name}' and further columns "
            + $"({string.Join(", ", columns.Where(column => column != alone).Select(column => column.Name))}) cannot "
            + "be one input. "
            + $"Leave the columns out, or use '{alone.Name}' as a separate input: -From {alone.Name} for a layer.",
                alone.Name);
    }
}
