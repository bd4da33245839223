using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// How raw columns become inputs of a network, and its outputs predictions. It is fitted on training data only and kept
/// with the model, so that new data is treated the same way.
/// </summary>
public sealed partial class DataPlan
{
    private readonly Lazy<InputPlan[]> inputs;

    internal DataPlan(IReadOnlyList<ColumnPlan> columns, LabelPlan? label, IReadOnlyList<string>? inputNames = null)
    {
        Columns = columns;
        Label = label;
        InputNames = inputNames ?? [NetworkInput.DefaultName];
        inputs = new(() => InputPlan.All(columns, InputNames, label));
    }

    /// <summary>The plan of each column, in the dataset's order.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The inputs of the network: all input columns together as <c>input</c>, or columns by name.</summary>
    /// <exception cref="DlException">
    /// <c>ImageWithColumns</c>, <c>TextWithColumns</c>, <c>TreeWithColumns</c>: images, text or trees and further
    /// columns cannot be one input.
    /// </exception>
    public IReadOnlyList<NetworkInput> Inputs => inputs.Value.Select(input =>
        new NetworkInput(input.Name, input.Shape, input.Levels)
        {
            Coded = input.Coded.ToArray(),
            IsPadded = input.IsPadded,
            IsTree = input.IsTree,
            Names = input.Words?.Vocabulary ?? [],
            FirstName = input.Words?.FirstNumber ?? 0,
        }).ToArray();

    /// <summary>
    /// The shape of one sample of the first input; a code, for which a network learns numbers, is one number.
    /// </summary>
    public Shape InputShape => inputs.Value[0].Shape;

    /// <summary>The plan of the label; null: the data had none.</summary>
    public LabelPlan? Label { get; }

    /// <summary>The only input column, where its values may be paths of image files; else null.</summary>
    public string? FileColumn => InputColumns.ToArray() is [{ Encoding: ImageEncoder { Preparation: not null } } image]
        ? image.Name : null;

    /// <summary>How rows of a series become windows; null: samples are not windows.</summary>
    public SeriesPlan? Series => Windows?.Series;

    internal WindowEncoder? Windows =>
        Columns.Select(column => column.Encoding).OfType<WindowEncoder>().FirstOrDefault();

    /// <summary>The frame of windows over a series; null: the network sees them as they are.</summary>
    internal SeriesFrame? Frame => Windows is { Series.HasFrame: true } windows && Label is { IsInput: false }
        ? new SeriesFrame(windows.Series, windows.Scaling, (Label.Mean, Label.Scale)) : null;

    /// <summary>The number of the input that is the label's text so far; -1: there is none.</summary>
    internal int TargetPlace => Array.FindIndex(inputs.Value, input => input.Target is not null);

    /// <summary>Whether the label is text and the only input too.</summary>
    internal bool IsLanguageModel => TargetPlace is >= 0 and var place && inputs.Value[place].Columns.Count > 0;

    /// <summary>Whether the label is text, and the only input column is text too.</summary>
    public bool TakesText => Label?.Text is not null
        && InputColumns.ToArray() is [{ Encoding: TextEncoder or TargetEncoder }];

    internal IReadOnlyList<string> InputNames { get; }

    internal IReadOnlyList<InputPlan> InputPlans => inputs.Value;

    /// <summary>The names of the input columns.</summary>
    public IReadOnlyList<string> InputColumnNames => InputColumns.Select(column => column.Name).ToArray();

    internal IEnumerable<ColumnPlan> InputColumns => inputs.Value.SelectMany(input => input.Columns);

    /// <summary>Decides from training data how its columns become numbers.</summary>
    /// <param name="train">The training data; rows without a label are ignored.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <param name="warn">Receives a warning of the columns that are left out.</param>
    /// <exception cref="DlException"><c>NoInputs</c>, <c>NoLabels</c>, <c>NoRows</c>.</exception>
    public static DataPlan Fit(Dataset train, Action<string>? log = null, Action<string>? warn = null) =>
        PlanFitting.Fit(train, log, warn);

    /// <summary>Encodes data into the numbers that the network sees.</summary>
    /// <param name="data">Data with the plan's input columns; other columns are ignored.</param>
    /// <param name="withLabel">
    /// Whether to make targets too, and drop rows without a label; rows that lack a required value are always dropped.
    /// </param>
    /// <param name="log">Told of dropped rows and unknown values.</param>
    /// <exception cref="DlException">
    /// <c>ColumnNotFound</c>, <c>UnknownClass</c>, <c>NotANumber</c>, <c>WrongImageSize</c>, <c>WrongArrayShape</c>,
    /// <c>MissingNumber</c>, <c>WrongColumnKind</c>, <c>NotATime</c>, <c>MissingValue</c>, <c>NoLabel</c>,
    /// <c>TooLarge</c>.
    /// </exception>
    public EncodedData Encode(Dataset data, bool withLabel, Action<string>? log = null)
    {
        (data, var dropped) = Usable(data, withLabel, log);
        var label = withLabel && !Label!.IsInput ? LabelColumns(data) : null;

        var encoded = inputs.Value.Select(input =>
            input.Target is { } target ? Shifted(input, target, data, withLabel)
            : input.Encode(data.Count, name => Require(data, name), log)).ToArray();
        return new EncodedData(data.Count, encoded)
        {
            Targets = label is null ? null : Label!.Encode(label, log),
            TargetShape = Label?.Shape ?? new Shape(),
            TargetIsInput = withLabel && Label!.IsInput,
            Weights = withLabel && data.Weight is { } weight
                ? weight.Values.Convert(value => (float)value) : null,
            Dropped = dropped,
        };
    }

    /// <summary>The plan as JSON, with every number exact to the last bit.</summary>
    public JsonNode ToJson() => PlanJson.Write(this);

    /// <summary>Reads a plan from JSON.</summary>
    /// <exception cref="DlException"><c>InvalidPlan</c>: the JSON is not a plan.</exception>
    public static DataPlan FromJson(JsonNode json) => PlanJson.Read(json);

    /// <summary>Inputs and label on one line.</summary>
    public override string ToString() =>
        $"{Columns.Count(column => column.Role is ColumnRole.Input)} columns{Shapes()}"
        + (Label is null ? "" : $", label {Label.Name}: {Label.Description}");

    /// <summary>The number of bytes of an encoded sample.</summary>
    internal long RowBytes => inputs.Value.Sum(input => input.RowBytes) + sizeof(float) * (Label?.Shape.Size ?? 0);

    /// <summary>The plan for a network whose layers take inputs by these names.</summary>
    /// <exception cref="DlException"><c>UnknownInput</c>: a name is not an input column.</exception>
    internal DataPlan For(IReadOnlyList<string> names) =>
        names.SequenceEqual(InputNames) ? this : new DataPlan(Columns, Label, names);

    /// <summary>The plan with another label.</summary>
    internal DataPlan With(LabelPlan label) =>
        ReferenceEquals(label, Label) ? this : new DataPlan(Columns, label, InputNames);

    /// <summary>The label's text as an input; without a label its beginning, which a language model has as a
    /// column.</summary>
    private EncodedInput Shifted(InputPlan input, TargetEncoder target, Dataset data, bool withLabel)
    {
        var text = withLabel || input.Columns.Count > 0 ? data.Find(Label!.Name) : null;
        return new EncodedInput(input.Name, input.Shape,
            text is null ? target.Begins(data.Count) : target.Encode(text, out _));
    }

    /// <summary>
    /// The shapes of the inputs; empty where the columns need several inputs that no layers have named yet.
    /// </summary>
    private string Shapes()
    {
        if (InputNames is not [NetworkInput.DefaultName])
            return " -> " + string.Join(", ", Inputs.Select(input => $"{input.Name} {input.Shape}"));
        var isOne = InputPlan.FitTogether(Columns.Where(column => column.Role is ColumnRole.Input));
        return isOne ? $" -> {InputShape}" : "";
    }
}
