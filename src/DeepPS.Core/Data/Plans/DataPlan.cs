using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// How raw columns become inputs of a network, and its outputs predictions. It is fitted on training data only and kept
/// with the model, so that new data is treated the same way.
/// </summary>
public sealed class DataPlan
{
    private readonly Lazy<InputPlan[]> inputs;

    internal DataPlan(IReadOnlyList<ColumnPlan> columns, LabelPlan? label, IReadOnlyList<string>? inputNames = null)
    {
        Columns = columns;
        Label = label;
        InputNames = inputNames ?? [NetworkInput.DefaultName];
        inputs = new(() => InputPlan.All(columns, InputNames));
    }

    /// <summary>The plan of each column, in the dataset's order.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The inputs of the network: all input columns together as <c>input</c>, or columns by name.</summary>
    /// <exception cref="DlException">
    /// <c>ImageWithColumns</c>, <c>TextWithColumns</c>: images or text and further columns cannot be one input.
    /// </exception>
    public IReadOnlyList<NetworkInput> Inputs => inputs.Value.Select(input =>
        new NetworkInput(input.Name, input.Shape, input.Levels) { Coded = input.Coded.ToArray() }).ToArray();

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

    internal IReadOnlyList<string> InputNames { get; }

    internal IReadOnlyList<InputPlan> InputPlans => inputs.Value;

    private IEnumerable<ColumnPlan> InputColumns => inputs.Value.SelectMany(input => input.Columns);

    /// <summary>Decides from training data how its columns become numbers.</summary>
    /// <param name="train">The training data; rows without a label are ignored.</param>
    /// <param name="log">Told what was decided.</param>
    /// <exception cref="DlException"><c>NoInputs</c>, <c>NoLabels</c>, <c>NoRows</c>.</exception>
    public static DataPlan Fit(Dataset train, Action<string>? log = null) => PlanFitting.Fit(train, log);

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
            input.Encode(data.Count, name => Require(data, name), log)).ToArray();
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

    /// <summary>Makes a dataset from raw objects, with this plan's input columns.</summary>
    /// <param name="rows">Values by property name, in any case.</param>
    /// <exception cref="DlException">
    /// <c>ColumnNotFound</c>, <c>NotANumber</c>, <c>NotACategory</c>, <c>WrongImageSize</c>, <c>WrongArrayShape</c>,
    /// <c>InvalidPixel</c>.
    /// </exception>
    public Dataset Rows(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var columns = InputColumns.Select(column =>
            column.Encoding!.Read(column.Name, rows.Select(row => Value(row, column)).ToArray())).ToArray();
        return new Dataset("objects", columns);
    }

    /// <summary>The error in one raw object; null where it can be predicted.</summary>
    public DlException? Check(IReadOnlyDictionary<string, object?> row)
    {
        try
        {
            Require(Rows([row]));
            return null;
        }
        catch (DlException e)
        {
            return e;
        }
    }

    /// <summary>Refuses rows that lack a required value.</summary>
    /// <exception cref="DlException"><c>MissingValue</c>, <c>ColumnNotFound</c>.</exception>
    public void Require(Dataset data) =>
        MissingRows.Refuse(data, Strict(data, MissingRule.Drop).Concat(Strict(data, MissingRule.Refuse)));

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

    /// <summary>
    /// The rows with all required values and, with labels, a label; and the number of the other rows.
    /// </summary>
    /// <exception cref="DlException"><c>NoLabel</c>, <c>ColumnNotFound</c>, <c>MissingValue</c>.</exception>
    internal (Dataset Kept, int Dropped) Usable(Dataset data, bool withLabel, Action<string>? log) =>
        MissingRows.Drop(data, Needed(data, withLabel), log);

    /// <summary>The numbers of the rows that <see cref="Usable"/> keeps; null: all.</summary>
    /// <exception cref="DlException">As <see cref="Usable"/>.</exception>
    internal ColumnStore<int>? UsableRows(Dataset data, bool withLabel) =>
        MissingRows.Kept(data, Needed(data, withLabel), null);

    /// <summary>The plan for a network whose layers take inputs by these names.</summary>
    /// <exception cref="DlException"><c>UnknownInput</c>: a name is not an input column.</exception>
    internal DataPlan For(IReadOnlyList<string> names) =>
        names.SequenceEqual(InputNames) ? this : new DataPlan(Columns, Label, names);

    /// <summary>The plan with another label.</summary>
    internal DataPlan With(LabelPlan label) =>
        ReferenceEquals(label, Label) ? this : new DataPlan(Columns, label, InputNames);

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

    /// <summary>The columns that a row must have to be kept; refuses data that lacks other required values.</summary>
    private Column[] Needed(Dataset data, bool withLabel)
    {
        if (withLabel && Label is null)
            throw new DlException("NoLabel", DlErrorKind.InvalidOperation,
                "The plan's data had no label, so there are no targets. Name the label when reading the data.");
        MissingRows.Refuse(data, Strict(data, MissingRule.Refuse));
        var needsLabel = withLabel && Label is { IsInput: false, MayLack: false };
        return [.. needsLabel ? LabelColumns(data) : [], .. Strict(data, MissingRule.Drop)];
    }

    private Column[] LabelColumns(Dataset data) => Label!.Parts.Select(part => Require(data, part.Name)).ToArray();

    private IEnumerable<Column> Strict(Dataset data, MissingRule rule) =>
        InputColumns.Where(column => column.Missing == rule).Select(column => Require(data, column.Name));

    private Column Require(Dataset data, string name) =>
        data.Find(name) ?? throw NotFound(name, data.Columns.Select(column => column.Name));

    private object? Value(IReadOnlyDictionary<string, object?> row, ColumnPlan column) =>
        column.Written is { } form
            ? form.Read(Value(row, column.Name), column.Encoding is NumberEncoder) : Value(row, column.Name);

    private object? Value(IReadOnlyDictionary<string, object?> row, string name)
    {
        if (row.TryGetValue(name, out var value))
            return value;
        foreach (var (key, other) in row)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return other;
        throw NotFound(name, row.Keys);
    }

    private DlException NotFound(string name, IEnumerable<string> present) =>
        new("ColumnNotFound", DlErrorKind.NotFound,
        $"Column '{name}' is missing. Expected: {string.Join(", ", InputColumns.Select(input => input.Name))}. "
        + $"Found: {string.Join(", ", present)}.", name);
}
