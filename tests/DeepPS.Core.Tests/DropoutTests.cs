using TorchSharp;
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

    [Fact]
    public void Dropout2dDropsWholeChannels()
    {
        var values = Run(new Dropout2d { Probability = 0.25 }, [400, 3, 3], seed: 8);
        var channels = values.Chunk(9).ToArray();
        Assert.All(channels, channel => Assert.True(
            channel.All(value => value == 0) || channel.All(value => Math.Abs(value - 4 / 3f) < 1e-6)));
        Assert.InRange(channels.Count(channel => channel[0] == 0), 60, 140);
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

    /// <summary>Pieces of the loop that fills the noise are alike in share, and no piece or lane is another's.</summary>
    [Fact]
    public void EveryPieceOfTheNoiseIsItsOwn()
    {
        const int piece = 1 << 14;
        var values = Run(new Dropout { Probability = 0.5 }, [3 * piece + 5], seed: 2).Select(value => value > 0).ToArray();
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
}
