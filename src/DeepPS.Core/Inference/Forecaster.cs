using System.Collections;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>Continues series with a trained model.</summary>
public static class Forecaster
{
    /// <summary>Predicts the steps after the last known one of each series. Beyond the model's horizon, predictions
    /// become the past of later predictions, and features keep their last values.</summary>
    /// <param name="model">A model trained with windows over series.</param>
    /// <param name="history">Past rows with the columns of the series.</param>
    /// <param name="steps">The number of steps; null for the model's horizon.</param>
    /// <param name="refuse">Called for each series that is too short (<c>SeriesTooShort</c>); the others
    /// continue.</param>
    /// <param name="log">Called with a description of each decision.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The steps of one series after those of another.</returns>
    /// <exception cref="DlException"><c>NotATimeSeries</c>: the model was not trained with a time series;
    /// <c>InvalidSeries</c>: no steps; <c>ColumnNotFound</c>, <c>NotATime</c>, <c>NotANumber</c>,
    /// <c>EmptyDataset</c>.</exception>
    public static IReadOnlyList<Forecast> Continue(Model model, Dataset history, int? steps, Action<DlException> refuse,
        Action<string>? log = null, CancellationToken cancel = default)
    {
        var (_, plan, _) = model.Trained();
        if (plan is not { Series: { } series, Label.IsInput: false })
            throw NotASeries(model);
        var wanted = steps ?? series.Horizon;
        if (wanted < 1)
            throw new DlException("InvalidSeries", DlErrorKind.InvalidArgument,
                $"Horizon must be a number of steps, 1 or more; got {wanted}.", wanted);
        var known = series.Read(history, log);
        var ends = Ends(known, series, refuse);
        if (ends.Length == 0)
            return [];
        log?.Invoke(
            $"{ends.Length:N0} series are continued by {wanted:N0} steps of {series.Step}, {series.Horizon:N0} at once."
            + (wanted > series.Horizon && series.Features.Count > 0
                ? $" {string.Join(", ", series.Features)} keep their last values."
                : ""));

        var rounds = (wanted + series.Horizon - 1) / series.Horizon;
        var store = ForecastStore.Of(known, series, ends, rounds * series.Horizon);
        var forecasts = ends.Select(_ => new List<Forecast>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var now = new WindowColumn(SeriesPlan.WindowName, store, series,
                Array.ConvertAll(store.Segments, segment => segment.First + series.Length + round * series.Horizon));
            var predictions = Predictor.Predict(model, new Dataset(history.Name, [now]), cancel);
            for (var i = 0; i < ends.Length; i++)
                for (var step = 0; step < series.Horizon; step++)
                {
                    var at = now.Ends[i] + step;
                    var group = series.Group is null ? null : known.Groups[ends[i].Group];
                    var forecast = new Forecast(new DateTime(store.Times[at]), group, Of(predictions[i].Value, step))
                    {
                        IndexValue = series.IsIndex is true ? SeriesTimes.IndexOf(store.Times[at]) : null,
                        FurtherValues = predictions[i].Further.Select(
                            more => KeyValuePair.Create(more.Key, Of(more.Value, step))).ToArray(),
                    };
                    store.Values[at * store.Width] = forecast.Prediction;
                    forecasts[i].Add(forecast);
                }
        }

        return forecasts.SelectMany(path => path.Take(wanted)).ToArray();
    }

    /// <summary>The error for a model that does not predict a series.</summary>
    public static DlException NotASeries(Model model) => new("NotATimeSeries", DlErrorKind.InvalidOperation,
        $"Model '{model.Name}' does not predict a time series. Make windows with ConvertTo-DlTimeSeries and train a "
        + "model with them.", model);

    /// <summary>The last segment of each series that is long enough.</summary>
    private static SeriesSegment[] Ends(SeriesStore known, SeriesPlan series, Action<DlException> refuse)
    {
        var last = known.Segments.GroupBy(segment => segment.Group).Select(group => group.Last()).ToArray();
        foreach (var segment in last.Where(segment => segment.Count < series.Length))
            refuse(new DlException("SeriesTooShort", DlErrorKind.InvalidData,
                (series.Group is null ? "The series" : $"Series '{known.Groups[segment.Group]}'")
                + $" has {segment.Count:N0} steps of {series.Step} after its last long gap; a window needs "
                + $"{series.Length:N0}. Give more past rows.",
                known.Groups[segment.Group]));
        return last.Where(segment => segment.Count >= series.Length).ToArray();
    }

    /// <summary>The number of a step of a prediction.</summary>
    internal static double Of(object prediction, int step)
    {
        if (prediction is not IList list)
            return (double)prediction;
        var numbers = new List<object?>();
        NestedArray.Flatten(list, numbers);
        return (double)numbers[step]!;
    }
}
