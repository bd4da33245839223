using DeepPS.Common;

namespace DeepPS.Search;

/// <summary>A step of a sweep.</summary>
/// <param name="LearningRate">The step's learning rate.</param>
/// <param name="Loss">The mean loss of its batch.</param>
/// <param name="SmoothedLoss">The moving average of the loss over this step and those before.</param>
public sealed record LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);

/// <summary>The result of a sweep of the learning rate.</summary>
/// <param name="Suggestion">The rate at which the loss falls fastest.</param>
/// <param name="Minimum">The rate at which the loss was smallest: too high to train with.</param>
/// <param name="Curve">All steps.</param>
public sealed record LearningRateSweep(double Suggestion, double Minimum, IReadOnlyList<LearningRatePoint> Curve)
{
    /// <summary>The number of steps that fastai leaves out of its plot.</summary>
    private const int SkippedSteps = 10;

    /// <summary>A slope is measured over this number of steps before and after.</summary>
    private const int Reach = 3;

    internal static LearningRateSweep Of(IReadOnlyList<LearningRatePoint> points)
    {
        // The average of the first few batches depends more on the batches than on the rate.
        var first = Math.Min(points.Count / 10, SkippedSteps);
        var lowest = Enumerable.Range(first, points.Count - first).MinBy(i => points[i].SmoothedLoss);
        var steepest = Enumerable.Range(first, lowest - first).Where(i => i >= Reach && i + Reach < points.Count)
            .Select(i => (Place: i, Slope: Slope(i))).DefaultIfEmpty((Place: 0, Slope: 0)).MinBy(point => point.Slope);
        return steepest.Slope < 0
            ? new LearningRateSweep(points[steepest.Place].LearningRate, points[lowest].LearningRate, points)
            : throw new DlException("NoSuggestion", DlErrorKind.NumericFailure,
                "The loss did not fall at any learning rate of the sweep. Start with a smaller rate, use more steps, "
                + "or check the model and the data.");

        double Slope(int i) => (points[i + Reach].SmoothedLoss - points[i - Reach].SmoothedLoss)
            / (Math.Log(points[i + Reach].LearningRate) - Math.Log(points[i - Reach].LearningRate));
    }
}
