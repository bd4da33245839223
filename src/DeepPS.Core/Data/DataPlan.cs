using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>
/// How raw columns become what a network sees, and its outputs predictions. It is fitted on training data alone and kept with
/// the model, so that new data is treated the same way.
/// </summary>
public sealed class DataPlan
{
    private readonly ColumnPlan[] inputs;
    private readonly ImageEncoder? image;

    internal DataPlan(IReadOnlyList<ColumnPlan> columns, LabelPlan? label)
    {
        Columns = columns;
        Label = label;
        inputs = columns.Where(column => column.Role is ColumnRole.Input).ToArray();
        image = inputs.Select(column => column.Encoding).OfType<ImageEncoder>().FirstOrDefault();
        InputShape = image?.Shape ?? new Shape(inputs.Sum(column => ((FeatureEncoder)column.Encoding!).Width));
    }

    /// <summary>What becomes of each column, in the dataset's order.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape InputShape { get; }

    /// <summary>What is predicted; null: the data had no label.</summary>
    public LabelPlan? Label { get; }

    /// <summary>Decides from training data how its columns become numbers.</summary>
    /// <param name="train">The data to be trained on; rows without a label are not looked at.</param>
    /// <param name="log">Told what was decided.</param>
    /// <exception cref="DlException"><c>NoInputs</c>, <c>NoLabels</c>, <c>NoRows</c>, <c>ImageWithColumns</c>.</exception>
    public static DataPlan Fit(Dataset train, Action<string>? log = null) => PlanFitting.Fit(train, log);

    /// <summary>Makes the numbers that a network sees.</summary>
    /// <param name="data">The data; it has the plan's input columns, and others count for nothing.</param>
    /// <param name="withLabel">Whether to make targets too; rows without a label are then dropped.</param>
    /// <param name="log">Told what was dropped or not known.</param>
    /// <exception cref="DlException">
    /// <c>ColumnNotFound</c>, <c>UnknownClass</c>, <c>NotANumber</c>, <c>WrongImageSize</c>, <c>WrongColumnKind</c>, <c>NoLabel</c>, <c>TooLarge</c>.
    /// </exception>
    public EncodedData Encode(Dataset data, bool withLabel, Action<string>? log = null)
    {
        var (dropped, label) = (0, (Column?)null);
        if (withLabel)
        {
            var name = Label?.Name ?? throw new DlException("NoLabel", DlErrorKind.InvalidOperation,
                "The data that the plan was made from had no label, so there are no targets. Name the label when the data is read.");
            (data, dropped) = PlanFitting.WithoutMissing(data, Require(data, name), log);
            label = Require(data, name);
        }

        var columns = inputs.Select(input => Require(data, input.Name)).ToArray();
        return new EncodedData(data.Count, InputShape, image?.Encode(columns[0]) ?? (Array)EncodeFeatures(data.Count, columns, log),
            label is null ? null : Label!.Encode(label), dropped);
    }

    /// <summary>Makes a dataset of raw objects, with this plan's input columns.</summary>
    /// <param name="rows">Values by property name, in any case.</param>
    /// <exception cref="DlException"><c>ColumnNotFound</c>, <c>NotANumber</c>, <c>NotACategory</c>, <c>WrongImageSize</c>, <c>InvalidPixel</c>.</exception>
    public Dataset Rows(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var columns = new Column[inputs.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = inputs[i].Name;
            var values = new object?[rows.Count];
            for (var row = 0; row < values.Length; row++)
                values[row] = Value(rows[row], name);
            columns[i] = inputs[i].Encoding!.Read(name, values);
        }

        return new Dataset("objects", columns);
    }

    /// <summary>What is wrong with one raw object; null where <see cref="Rows"/> would take it.</summary>
    public DlException? Check(IReadOnlyDictionary<string, object?> row)
    {
        try
        {
            Rows([row]);
            return null;
        }
        catch (DlException e)
        {
            return e;
        }
    }

    /// <summary>The plan as JSON, every number to its last bit.</summary>
    public JsonNode ToJson() => PlanJson.Write(this);

    /// <summary>The plan that was written.</summary>
    /// <exception cref="DlException"><c>InvalidPlan</c>: the JSON is no plan.</exception>
    public static DataPlan FromJson(JsonNode json) => PlanJson.Read(json);

    /// <summary>Inputs and label on one line.</summary>
    public override string ToString() =>
        $"{inputs.Length} columns -> {InputShape}" + (Label is null ? "" : $", label {Label.Name}: {Label.Description}");

    private float[] EncodeFeatures(int count, Column[] columns, Action<string>? log)
    {
        var width = (int)InputShape.Size;
        if ((long)count * width > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"{count:N0} rows of {width:N0} numbers are more than one array holds ({Array.MaxLength:N0}). Use fewer rows, or leave out columns with many levels.");
        var matrix = new float[(long)count * width];
        var offset = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var encoder = (FeatureEncoder)inputs[i].Encoding!;
            var unknown = encoder.Encode(columns[i], matrix, offset, width);
            if (unknown > 0)
                log?.Invoke($"Column '{columns[i].Name}': {unknown:N0} values were not in the training data; they count as missing.");
            offset += encoder.Width;
        }

        return matrix;
    }

    private Column Require(Dataset data, string name) => data.Find(name) ?? throw NotFound(name, data.Columns.Select(column => column.Name));

    private object? Value(IReadOnlyDictionary<string, object?> row, string name)
    {
        if (row.TryGetValue(name, out var value))
            return value;
        foreach (var (key, other) in row)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return other;
        throw NotFound(name, row.Keys);
    }

    private DlException NotFound(string name, IEnumerable<string> present) => new("ColumnNotFound", DlErrorKind.NotFound,
        $"Column '{name}' is missing. Expected: {string.Join(", ", inputs.Select(input => input.Name))}. Found: {string.Join(", ", present)}.", name);
}
