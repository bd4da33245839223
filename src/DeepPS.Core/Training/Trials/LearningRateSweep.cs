namespace DeepPS;

/// <summary>A step of a sweep.</summary>
/// <param name="LearningRate">The step's learning rate.</param>
/// <param name="Loss">The mean loss of its batch.</param>
/// <param name="SmoothedLoss">The same with that of the steps before, as a moving average.</param>
public sealed record LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);

/// <summary>What a sweep of the learning rate came to.</summary>
/// <param name="Suggestion">The rate at which the loss falls fastest.</param>
/// <param name="Minimum">The rate at which the loss was smallest: too high to train with.</param>
/// <param name="Curve">All steps.</param>
public sealed record LearningRateSweep(double Suggestion, double Minimum, IReadOnlyList<LearningRatePoint> Curve)
{
    internal static LearningRateSweep Of(IReadOnlyList<LearningRatePoint> points)
    {
        var lowest = Enumerable.Range(0, points.Count).MinBy(i => points[i].SmoothedLoss);
        var steepest = Enumerable.Range(1, Math.Max(lowest - 1, 0)).Select(i => (Place: i, Slope: Slope(i))).DefaultIfEmpty((Place: 0, Slope: 0)).MinBy(point => point.Slope);
        return steepest.Slope < 0 ? new LearningRateSweep(points[steepest.Place].LearningRate, points[lowest].LearningRate, points)
            : throw new DlException("NoSuggestion", DlErrorKind.NumericFailure,
                "The loss did not fall at any learning rate of the sweep. Begin it with a smaller one, take more steps, or look at the model and the data.");

        double Slope(int i) => (points[i + 1].SmoothedLoss - points[i - 1].SmoothedLoss)
            / (Math.Log(points[i + 1].LearningRate) - Math.Log(points[i - 1].LearningRate));
    }
}
