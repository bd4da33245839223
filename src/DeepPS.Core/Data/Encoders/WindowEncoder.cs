using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Windows over series, each column standardised, or scaled as its settings say, over the steps that training windows
/// and their targets cover; sines and cosines of the calendar are not changed.
/// </summary>
/// <param name="series">How windows are made, with a known season or none.</param>
/// <param name="means">The number of each place of a step that becomes 0: the mean.</param>
/// <param name="scales">The distance from it that becomes 1: the standard deviation.</param>
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
        + string.Join("; ", series.Features.Prepend(series.Value)
            .Select((name, place) => (name, place, Scale: new NumberScale(KindOf(series, place), means[place],
                scales[place])))
            .Where(column => column.place == 0 || column.Scale.Kind != Data.Scaling.Standard)
            .Select(column => $"{column.name} {column.Scale.Description}"));

    public static WindowEncoder Fit(WindowColumn column)
    {
        var (store, plan) = (column.Store, column.Plan);
        var steps = column.Covered();
        var scaling = Enumerable.Range(0, store.Width).Select(place => plan.IsCyclic(place)
            ? new NumberScale(Data.Scaling.None, 0, 1)
            : NumberScale.Fit(KindOf(plan, place),
                Array.ConvertAll(steps, step => store.Values[step * store.Width + place]))).ToArray();
        var value = new SeriesCorrelation(store, steps);
        return new WindowEncoder(plan.WithSeason(plan.Season ?? value.Season(plan.Step!)),
            Array.ConvertAll(scaling, scale => scale.Center), Array.ConvertAll(scaling, scale => scale.Size),
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
        var scaling = Enumerable.Range(0, means.Length)
            .Select(place => new NumberScale(KindOf(series, place), means[place], scales[place])).ToArray();
        var values = new float[column.Count * Width];
        for (var row = 0; row < column.Count; row++)
        {
            var numbers = windows is null ? arrays.AsSpan(row * Width, Width) : windows.Of(row);
            for (var i = 0; i < Width; i++)
                values[row * Width + i] = scaling[i % scaling.Length].Of(numbers[i]);
        }

        return values;
    }

    private static Scaling KindOf(SeriesPlan plan, int place) => plan.Scales.ElementAtOrDefault(place);

    private static double[] Numbers(JsonNode json) => json.AsArray().Select(number => (double)number!).ToArray();
}
