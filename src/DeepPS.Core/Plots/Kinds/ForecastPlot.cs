using System.Globalization;
using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Plots;

/// <summary>Forecasts of series with their past, and, where data reaches further, the truth and naive
/// forecasts.</summary>
internal sealed class ForecastPlot : PlotKind
{
    private const int MostGroups = 6;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => input.Are<Forecast>()
        || input.Rows(nameof(Forecast.Time), nameof(Forecast.Prediction)) is not null
        || input is { Data: not null, Model.Plan.Series: not null };

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var steps = input.Are<Forecast>() ? input.Items.Cast<Forecast>().ToArray()
            : input.Rows(nameof(Forecast.Time), nameof(Forecast.Prediction))?.Select(Step).ToArray();
        var panels = steps is not null ? Future(input, steps)
            : input is { Data: not null, Model.Plan.Series: not null } ? BackTest.Panels(input, MostGroups, cancel)
            : throw Refused(input, "forecasts of Invoke-DlPrediction, or a model of a time series and data");
        return new Figure("Forecast", panels);
    }

    private static Panel[] Future(PlotInput input, IReadOnlyList<Forecast> steps)
    {
        var isIndex = steps[0].Index() is not null;
        var plan = input.Model?.Plan?.Series;
        var store = plan is null || input.Data is null ? null
            : input.Data.Columns.OfType<WindowColumn>().FirstOrDefault()?.Store ?? plan.Read(input.Data, null);
        return steps.GroupBy(step => step.Group).Take(MostGroups).Select(group =>
        {
            var x = group.Select(step => step.Index() ?? step.Time.ToOADate()).ToArray();
            var series = new List<Series>();
            if (store?.Segments.LastOrDefault(segment => group.Key is null
                || store.Groups[segment.Group] == group.Key) is { Count: > 0 } past)
                series.Add(BackTest.History(store, Math.Max(past.First, past.First + past.Count - 3 * plan!.Length),
                    past.First + past.Count, isIndex));
            if (Band(group) is { } band)
                series.Add(band);
            series.Add(new Line("forecast", x, group.Select(step => step.Prediction).ToArray()) { Colour = 1 });
            return new Panel
            {
                Title = group.Key ?? "",
                X = new Axis(isIndex ? "Step" : "Time") { IsTime = !isIndex },
                Y = new Axis(plan?.Value ?? "Value"),
                Series = series,
            };

            static Band? Band(IEnumerable<Forecast> path)
            {
                var all = path.ToArray();
                var bounds = all.Select(step => (Low: More(step, "Low"), High: More(step, "High"))).ToArray();
                return bounds.All(bound => double.IsFinite(bound.Low) && double.IsFinite(bound.High)) ? new Band(
                    "interval", all.Select(step => step.Index() ?? step.Time.ToOADate()).ToArray(),
                    bounds.Select(bound => bound.Low).ToArray(), bounds.Select(bound => bound.High).ToArray())
                { Colour = 1 } : null;
            }
        }).ToArray();
    }

    private static double More(Forecast step, string name) =>
        step.Further().Where(more => more.Key == name).Select(more => more.Value).FirstOrDefault(double.NaN);

    private static Forecast Step(IReadOnlyDictionary<string, object?> row)
    {
        var time = row[nameof(Forecast.Time)];
        var isIndex = time is not DateTime && double.TryParse($"{time}", CultureInfo.InvariantCulture, out _);
        return new Forecast(isIndex ? default : time as DateTime? ?? TimeOf($"{time}"),
            row.GetValueOrDefault(nameof(Forecast.Group))?.ToString(), Number(row, nameof(Forecast.Prediction)))
        {
            IndexValue = isIndex ? Number(row, nameof(Forecast.Time)) : null,
            FurtherValues = new[] { "Low", "High" }.Where(row.ContainsKey)
                .Select(name => KeyValuePair.Create(name, Number(row, name))).ToArray(),
        };
    }

    private static DateTime TimeOf(string text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, out var time)
        || DateTime.TryParse(text, CultureInfo.CurrentCulture, out time) ? time
            : throw new Common.DlException("NotATime", Common.DlErrorKind.InvalidData,
                $"Column 'Time' needs times; got '{text}'. Pipe in the objects of Invoke-DlPrediction.", text);
}
