using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Plots;

/// <summary>Forecasts the last window of each series, whose truth is known.</summary>
internal static class BackTest
{
    /// <summary>A panel for each series: its past, the truth, the forecast and naive ones.</summary>
    public static Panel[] Panels(PlotInput input, int most, CancellationToken cancel)
    {
        var (model, plan) = (input.Model!, input.Model!.Trained().Plan);
        var series = plan.Series!;
        var data = series.WindowsOf(input.Data!);
        var windows = data.Columns.OfType<WindowColumn>().First();
        var (store, ends) = (windows.Store, windows.Ends.ToArray());
        var last = Enumerable.Range(0, ends.Length).GroupBy(row => store.Segments[store.SegmentOf(ends[row] - 1)].Group)
            .Select(group => group.MaxBy(row => ends[row])).Take(most).ToArray();
        var predictions = Predictor.Predict(model, data.Take(last), cancel);
        return last.Select((row, i) => PanelOf(store, series, ends[row], predictions[i])).ToArray();
    }

    /// <summary>The values of steps as a line.</summary>
    public static Line History(SeriesStore store, int from, int to, bool isIndex, string name = "history") => new(name,
        Enumerable.Range(from, to - from).Select(step => Place(store, step, isIndex)).ToArray(),
        Enumerable.Range(from, to - from).Select(store.ValueOf).ToArray());

    private static Panel PanelOf(SeriesStore store, SeriesPlan plan, int end, Prediction prediction)
    {
        var isIndex = plan.IsIndex is true;
        var steps = Enumerable.Range(0, plan.Horizon).ToArray();
        var x = steps.Select(step => Place(store, end + step, isIndex)).ToArray();
        var segment = store.Segments[store.SegmentOf(end - 1)];
        var series = new List<Series>
        {
            History(store, Math.Max(segment.First, end - Math.Max(plan.Length, 2 * plan.Horizon)), end, isIndex),
            new Line("truth", x, steps.Select(step => store.ValueOf(end + step)).ToArray()) { Colour = 2 },
        };
        var further = prediction.Further.ToDictionary(more => more.Key, more => more.Value);
        if (further.TryGetValue("Low", out var low) && further.TryGetValue("High", out var high))
            series.Add(new Band("interval", x, Values(low), Values(high)) { Colour = 1 });
        series.Add(new Line("forecast", x, Values(prediction.Value)) { Colour = 1 });
        series.Add(Naive("naive: last value", step => step + 1, 6));
        if (plan.Season is { } season)
            series.Add(Naive($"naive: {season} steps before", step => season * (step / season + 1), 3));
        return new Panel
        {
            Title = store.Groups[segment.Group],
            X = new Axis(isIndex ? "Step" : "Time") { IsTime = !isIndex },
            Y = new Axis(plan.Value),
            Series = series,
        };

        double[] Values(object value) => steps.Select(step => Forecaster.Of(value, step)).ToArray();

        Line Naive(string name, Func<int, int> lag, int colour) => new(name, x, steps
            .Select(step => store.Before(end + step, lag(step)) is var at and >= 0 ? store.ValueOf(at) : double.NaN)
            .ToArray())
        { Colour = colour, IsDashed = true };
    }

    private static double Place(SeriesStore store, int step, bool isIndex) =>
        isIndex ? SeriesTimes.IndexOf(store.Times[step]) : new DateTime(store.Times[step]).ToOADate();
}
