using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Windows over series, each column standardised over the steps that training windows and their targets cover; sines
/// and cosines of the calendar are not changed.
/// </summary>
/// <param name="series">How windows are made, with a known season or none.</param>
/// <param name="means">The mean of each number of a step.</param>
/// <param name="scales">Their standard deviations.</param>
/// <param name="naiveError">The mean absolute difference of consecutive values in training.</param>
[EncoderType("Window")]
internal sealed class WindowEncoder(SeriesPlan series, double[] means, double[] scales, double naiveError)
    : ArrayEncoder(new Shape(series.Length, series.Width)), IEncoderType<WindowEncoder>
{
    /// <summary>How windows are made.</summary>
    public SeriesPlan Series => series;

    /// <summary>The mean absolute difference of consecutive values in training.</summary>
    public double NaiveError => naiveError;

    /// <summary>Mean and standard deviation of the value.</summary>
    public (double Mean, double Scale) Scaling => (means[0], scales[0]);

    public override string Description => $"windows of {series.Length} steps of {series.Step}: {series.Describe()}; "
        + FormattableString.Invariant($"standardised ({series.Value}: mean {means[0]:G6}, deviation {scales[0]:G6})");

    public static WindowEncoder Fit(WindowColumn column)
    {
        var (store, plan) = (column.Store, column.Plan);
        var steps = column.Covered();
        var scaling = Enumerable.Range(0, store.Width).Select(place => plan.IsCyclic(place) ? (Mean: 0.0, Scale: 1.0)
            : Standardization.Of(Array.ConvertAll(steps, step => store.Values[step * store.Width + place]))).ToArray();
        var value = new SeriesCorrelation(store, steps);
        return new WindowEncoder(plan.WithSeason(plan.Season ?? value.Season(plan.Step!)),
            Array.ConvertAll(scaling, pair => pair.Mean), Array.ConvertAll(scaling, pair => pair.Scale),
                value.MeanStep());
    }

    public static WindowEncoder From(JsonObject json)
    {
        var (series, means, scales) =
            (SeriesJson.Read(json["series"]!), Numbers(json["means"]!), Numbers(json["scales"]!));
        return means.Length == series.Width && scales.Length == series.Width
            ? new WindowEncoder(series, means, scales, (double)json["naiveError"]!)
            : throw new FormatException($"a step has {series.Width} numbers, but {means.Length} means and "
                + $"{scales.Length} deviations");
    }

    public override JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["series"] = SeriesJson.Write(series),
        ["means"] = new JsonArray(means.Select(mean => (JsonNode)mean).ToArray()),
        ["scales"] = new JsonArray(scales.Select(scale => (JsonNode)scale).ToArray()),
        ["naiveError"] = naiveError,
    };

    protected override float[] Values(Column column, out int unknown)
    {
        unknown = 0;
        var windows = column as WindowColumn;
        if (windows is not null && !windows.Shape.Equals(Shape))
            throw new DlException("WrongArrayShape", DlErrorKind.InvalidData,
                $"Windows of '{column.Name}' should be {Shape} ({series.Describe()}); they are {windows.Shape} "
                + $"({windows.Plan.Describe()}).", column.Name);
        if ((long)column.Count * Width > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"{column.Count:N0} windows of {Width:N0} numbers are more than one array holds "
                + $"({Array.MaxLength:N0}). "
                + "Use a larger Stride, or a shorter Length.");
        var arrays = windows is null
            ? Array.ConvertAll(ColumnValues.Arrays(column, Shape), number => (double)number) : null;
        var values = new float[column.Count * Width];
        for (var row = 0; row < column.Count; row++)
        {
            var numbers = windows is null ? arrays.AsSpan(row * Width, Width) : windows.Of(row);
            for (var i = 0; i < Width; i++)
                values[row * Width + i] = (float)((numbers[i] - means[i % means.Length]) / scales[i % means.Length]);
        }

        return values;
    }

    private static double[] Numbers(JsonNode json) => json.AsArray().Select(number => (double)number!).ToArray();
}
