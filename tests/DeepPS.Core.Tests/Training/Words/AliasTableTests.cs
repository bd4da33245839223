using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Tests;

public class AliasTableTests
{
    [Fact]
    public void NumbersAreDrawnByTheirWeights()
    {
        float[] weights = [0, 5, 1, 0, 3, 0.5f, 0.5f];
        var table = new AliasTable(weights);
        var counts = new int[weights.Length];
        var seed = 7UL;
        for (var i = 0; i < 100_000; i++)
            counts[table.Of(SplitMix.Next(ref seed))]++;
        for (var i = 0; i < weights.Length; i++)
            // Four deviations of 100,000 draws.
            Assert.InRange(counts[i], weights[i] * 10_000 - 640, weights[i] * 10_000 + (weights[i] == 0 ? 0 : 640));
    }
}
