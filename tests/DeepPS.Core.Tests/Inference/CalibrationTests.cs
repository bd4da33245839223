using DeepPS.Inference;

namespace DeepPS.Tests;

/// <summary>The best threshold against a search of every possible one.</summary>
public class CalibrationTests
{
    [Theory]
    [InlineData(ThresholdGoal.F1)]
    [InlineData(ThresholdGoal.Accuracy)]
    [InlineData(ThresholdGoal.BalancedAccuracy)]
    public void TheBestThresholdIsAsGoodAsAnyOther(ThresholdGoal goal)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            // Few different scores, so that many are equal.
            var scores = Enumerable.Range(0, 60).Select(_ => random.Next(1, 20) / 20.0).ToArray();
            var own = scores.Select(score => random.NextDouble() < score * score).ToArray();
            var best = scores.Concat([0, 1]).Max(threshold => Value(threshold));
            Assert.Equal(best, Value(Calibration.Best(scores, own, goal)), 1e-12);

            double Value(double threshold)
            {
                double hits = 0, falses = 0, positives = own.Count(yes => yes), negatives = own.Length - positives;
                for (var i = 0; i < own.Length; i++)
                    if (scores[i] >= threshold)
                        (hits, falses) = own[i] ? (hits + 1, falses) : (hits, falses + 1);
                return goal switch
                {
                    ThresholdGoal.F1 => 2 * hits / (hits + falses + positives),
                    ThresholdGoal.Accuracy => (hits + negatives - falses) / own.Length,
                    _ => (hits / positives + (negatives - falses) / negatives) / 2,
                };
            }
        }
    }
}
