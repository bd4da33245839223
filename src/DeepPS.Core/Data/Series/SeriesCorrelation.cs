namespace DeepPS.Data;

/// <summary>Autocorrelation of series over some of their steps.</summary>
internal sealed class SeriesCorrelation
{
    private const double DaysOfYear = 365.2425;

    /// <summary>How much larger a season's correlation must be than that at half its length.</summary>
    private const double LeastProminence = 0.1;

    /// <summary>Of seasons within this difference in correlation the shortest counts.</summary>
    private const double Tie = 0.05;

    private readonly SeriesStore store;
    private readonly int[] steps;
    private readonly bool[] covered;
    private readonly double mean;
    private readonly double variance;

    /// <summary>Takes the steps to use.</summary>
    /// <param name="store">The series.</param>
    /// <param name="steps">The steps, in order.</param>
    public SeriesCorrelation(SeriesStore store, int[] steps)
    {
        this.store = store;
        this.steps = steps;
        covered = new bool[store.Times.Length];
        foreach (var step in steps)
            covered[step] = true;
        (mean, var scale) = Standardization.Of(Array.ConvertAll(steps, store.ValueOf));
        variance = scale * scale;
    }

    /// <summary>The mean absolute difference of consecutive values; 0 where there are none.</summary>
    public double MeanStep()
    {
        var (sum, count) = (0.0, 0);
        foreach (var (value, before) in Pairs(1))
        {
            sum += Math.Abs(value - before);
            count++;
        }

        return sum / Math.Max(count, 1);
    }

    /// <summary>
    /// The season in steps: a day, a week or a year, whichever has the highest autocorrelation. Its correlation must
    /// exceed that at half its length before and after; null where none does, or the data has no two seasons.
    /// </summary>
    public int? Season(TimeStep step)
    {
        var seasons = new[] { 1, 7, DaysOfYear }.Select(step.StepsOf).Where(steps => steps > 1)
            .Select(steps => (Steps: steps, Own: Of(steps), Between: (Of(steps / 2) + Of(steps + (steps + 1) / 2)) / 2))
            .Where(season => season.Own - season.Between > LeastProminence).ToArray();
        return seasons.Length == 0 ? null
            : seasons.First(season => season.Own > seasons.Max(other => other.Own) - Tie).Steps;
    }

    /// <summary>The correlation of values with those a number of steps earlier; NaN where there are too few.</summary>
    private double Of(int lag)
    {
        var (sum, count) = (0.0, 0);
        foreach (var (value, before) in Pairs(lag))
        {
            sum += (value - mean) * (before - mean);
            count++;
        }

        return count >= lag / 3 && count > 1 ? sum / count / variance : double.NaN;
    }

    /// <summary>Pairs of values and those of the same group a number of steps earlier.</summary>
    private IEnumerable<(double Value, double Before)> Pairs(int lag)
    {
        foreach (var step in steps)
            if (store.Before(step, lag) is var before and >= 0 && covered[before])
                yield return (store.ValueOf(step), store.ValueOf(before));
    }
}
