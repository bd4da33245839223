using DeepPS.Data;
using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>The errors of naive forecasts of a series, to compare a model with.</summary>
internal static class SeriesBaseline
{
    /// <summary>The mean absolute errors of predicting the last value (<c>NaiveMAE</c>) and the last known value of the
    /// same season (<c>SeasonalNaiveMAE</c>), and the model's error divided by the mean change per step in training
    /// (<c>MASE</c>).</summary>
    /// <remarks>The mean absolute scaled error is from Hyndman and Koehler, Another look at measures of forecast
    /// accuracy (2006).</remarks>
    /// <param name="data">The measured data.</param>
    /// <param name="plan">The model's plan.</param>
    /// <param name="measured">The model's metrics.</param>
    /// <returns>Nothing if the data is not windows over series.</returns>
    public static IEnumerable<KeyValuePair<string, double>> Of(Dataset data, DataPlan plan,
        IReadOnlyList<KeyValuePair<string, double>> measured)
    {
        if (plan.Windows is not { } windows || plan.Label is not { IsInput: false }
            || data.Columns.OfType<WindowColumn>().FirstOrDefault() is not { } column)
            yield break;
        yield return new("NaiveMAE", Error(column, horizon => horizon + 1));
        if (windows.Series.Season is { } season)
            yield return new("SeasonalNaiveMAE", Error(column, horizon => season * (horizon / season + 1)));
        foreach (var (name, error) in measured)
            if (name == nameof(MAE) && windows.NaiveError > 0)
                yield return new("MASE", error / windows.NaiveError);
    }

    /// <summary>The mean absolute difference of values and earlier ones; NaN if there are none.</summary>
    /// <param name="column">The windows.</param>
    /// <param name="lag">The number of steps back, for a value a number of steps (from 0) after its window.</param>
    private static double Error(WindowColumn column, Func<int, int> lag)
    {
        var (store, sum, count) = (column.Store, 0.0, 0);
        foreach (var end in column.Ends)
            for (var horizon = 0; horizon < column.Plan.Horizon; horizon++)
                if (store.Before(end + horizon, lag(horizon)) is var before and >= 0)
                {
                    sum += Math.Abs(store.ValueOf(end + horizon) - store.ValueOf(before));
                    count++;
                }

        return count == 0 ? double.NaN : sum / count;
    }
}
