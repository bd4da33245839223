using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public class DropoutTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void ItDropsTheShareAskedForAndKeepsTheMean(double probability)
    {
        const int count = 200_000;
        var values = Run(new Dropout { Probability = probability }, [count], seed: 5);
        var kept = (float)(1 / (1 - probability));
        Assert.All(values, value => Assert.True(value == 0 || Math.Abs(value - kept) < 1e-6));
        var spread = Math.Sqrt(probability * (1 - probability) / count);
        Assert.InRange(values.Count(value => value == 0) / (double)count, probability - 5 * spread,
            probability + 5 * spread);
    }

    [Fact]
    public void TheSameGeneratorStateDropsTheSame()
    {
        Assert.Equal(Run(new Dropout(), [100], seed: 1), Run(new Dropout(), [100], seed: 1));
        Assert.NotEqual(Run(new Dropout(), [100], seed: 1), Run(new Dropout(), [100], seed: 2));
    }

    [Fact]
    public void ItDrawsFromTheGeneratorAloneAndGoesOnFromItsState()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new Dropout(), new Shape(100));
        var before = get_rng_state().bytes.ToArray();
        using var generator = new Generator(3);
        var first = layer.Forward(ones(1, 100), training: true, generator).data<float>().ToArray();
        var second = layer.Forward(ones(1, 100), training: true, generator).data<float>().ToArray();
        Assert.NotEqual(first, second);
        Assert.Equal(before, get_rng_state().bytes.ToArray());
    }

    [Theory]
    [InlineData("Dropout1d", "400x9")]
    [InlineData("Dropout2d", "400x3x3")]
    [InlineData("Dropout3d", "400x3x1x3")]
    public void WholeChannelsAreDropped(string name, string shape)
    {
        var values = Run(LayerCase.Make(name, ("Probability", 0.25)), Shape.FromSetting(shape).ToArray(), seed: 8);
        AssertDropsWhole(values.Chunk(9), 0.25);
    }

    [Fact]
    public void StochasticDepthDropsWholeSamplesOrWholeBatches()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        using var rows = new LayerCase(new StochasticDepth { Probability = 0.25 }, new Shape(3, 2));
        using var batches = new LayerCase(
            new StochasticDepth { Probability = 0.25, Mode = StochasticDepthMode.Batch }, new Shape(2));
        AssertDropsWhole(Drop(rows, 400, 3, 2).Chunk(6), 0.25);
        AssertDropsWhole(Enumerable.Range(0, 400).Select(_ => Drop(batches, 5, 2)), 0.25);

        float[] Drop(LayerCase layer, params long[] sizes) =>
            layer.Forward(ones(sizes), training: true, generator).data<float>().ToArray();
    }

    /// <summary>
    /// As in Huang and others: a block whose body is dropped is the identity, else its body is scaled up.
    /// </summary>
    [Fact]
    public void AtTheEndOfAResidualBodyItLeavesOutTheBody()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var layer = new LayerCase(new Residual
        {
            Body = new LayerList(
                new Dense { Units = 2, Bias = false, WeightInitializer = new Identity() }, new StochasticDepth()),
        }, new Shape(2));
        var rows = layer.Forward(ones(200, 2), training: true, generator).data<float>().ToArray().Chunk(2).ToArray();
        Assert.All(rows, row => Assert.True(row is [1, 1] or [3, 3]));
        Assert.InRange(rows.Count(row => row[0] == 1), 70, 130);
        Assert.All(layer.Forward(ones(3, 2)).data<float>(), value => Assert.Equal(2, value));
    }

    /// <summary>Inputs with mean 0 and deviation 1, as after SELU, keep both; dropped numbers have one value.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void AlphaDropoutKeepsMeanAndDeviation(double probability)
    {
        const int count = 200_000;
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new AlphaDropout { Probability = probability }, new Shape(count));
        using var generator = new Generator(6);
        var input = randn([1, count], generator: generator);
        var output = layer.Forward(input, training: true, generator).data<float>().ToArray();
        var most = output.GroupBy(value => value).MaxBy(group => group.Count())!;
        Assert.InRange(most.Count() / (double)count, probability - 0.006, probability + 0.006);
        var mean = output.Average(value => (double)value);
        Assert.InRange(mean, -0.015, 0.015);
        Assert.InRange(output.Average(value => value * (double)value) - mean * mean, 0.98, 1.02);
    }

    /// <summary>With weights and inputs of 1, the output is the number of weights kept, times 1 / (1 - p).</summary>
    [Fact]
    public void DropConnectDropsWeightsAnewForEachBatch()
    {
        const int units = 300, inputs = 400;
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new DropConnect
        {
            Units = units, Probability = 0.2, Bias = false, WeightInitializer = new Ones(),
        }, new Shape(inputs));
        using var generator = new Generator(9);
        var first = layer.Forward(ones(2, inputs), training: true, generator);
        var second = layer.Forward(ones(2, inputs), training: true, generator);
        Assert.Equal(first[0].data<float>().ToArray(), first[1].data<float>().ToArray());
        Assert.NotEqual(first[0].data<float>().ToArray(), second[0].data<float>().ToArray());
        var left = first[0].data<float>().Select(sum => sum * 0.8 / inputs).ToArray();
        Assert.True(left.Distinct().Count() > 20);
        Assert.InRange(left.Average(), 0.794, 0.806);
        Assert.All(layer.Forward(ones(1, inputs)).data<float>(), sum => Assert.Equal(inputs, sum));
    }

    [Fact]
    public void GaussianNoiseIsNormalAndAdded()
    {
        const int count = 100_000;
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new GaussianNoise { StandardDeviation = 0.3 }, new Shape(count));
        using var generator = new Generator(7);
        var input = full(1, count, 5f).requires_grad_(true);
        var output = layer.Forward(input, training: true, generator);
        var noise = output.data<float>().Select(value => value - 5.0).ToArray();
        Assert.InRange(noise.Average(), -0.005, 0.005);
        Assert.InRange(Math.Sqrt(noise.Average(value => value * value)), 0.296, 0.304);
        output.sum().backward();
        Assert.All(input.grad!.data<float>(), gradient => Assert.Equal(1, gradient));
    }

    [Fact]
    public void TheGradientPassesWhereTheNumberPassed()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new Dropout { Probability = 0.4 }, new Shape(50));
        using var generator = new Generator(4);
        var input = ones(2, 50).requires_grad_(true);
        var output = layer.Forward(input, training: true, generator);
        output.sum().backward();
        Assert.Equal(output.data<float>().ToArray(), input.grad!.data<float>().ToArray());
    }

    /// <summary>
    /// Noise is filled in parallel: its pieces and lanes are independent, so half of the numbers agree.
    /// </summary>
    [Fact]
    public void EveryPieceOfTheNoiseIsItsOwn()
    {
        const int piece = 1 << 14;
        var values = Run(new Dropout { Probability = 0.5 }, [3 * piece + 5], seed: 2)
            .Select(value => value > 0).ToArray();
        for (var lag = 1; lag <= 16; lag++)
            Assert.InRange(Alike(values.AsSpan(..piece), values.AsSpan(lag, piece)), 0.47, 0.53);
        for (var other = 1; other < 3; other++)
            Assert.InRange(Alike(values.AsSpan(..piece), values.AsSpan(other * piece, piece)), 0.47, 0.53);
        Assert.Contains(true, values[^5..]);

        static double Alike(Span<bool> a, Span<bool> b)
        {
            var count = 0;
            for (var i = 0; i < a.Length; i++)
                count += a[i] == b[i] ? 1 : 0;
            return count / (double)a.Length;
        }
    }

    private static float[] Run(Layer dropout, long[] sample, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(dropout, new Shape(sample));
        using var generator = new Generator(seed);
        return layer.Forward(ones([1, .. sample]), training: true, generator).data<float>().ToArray();
    }

    private static void AssertDropsWhole(IEnumerable<float[]> parts, double probability)
    {
        var all = parts.ToArray();
        var kept = 1 / (1 - probability);
        Assert.Equal(400, all.Length);
        Assert.All(all, part =>
            Assert.True(part.All(value => value == 0) || part.All(value => Math.Abs(value - kept) < 1e-6)));
        Assert.InRange(all.Count(part => part[0] == 0), 400 * probability - 40, 400 * probability + 40);
    }
}
