using DeepPS.Common;
using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class TensorTrainTests
{
    [Theory]
    [InlineData("4x8", "4x4x4", "8", "OutputMode must be 2 numbers")]
    [InlineData("4x0", "4x4", "8", "InputMode must be numbers of 1 or more")]
    [InlineData("4x8x4", "4x4x4", "2x2x2", "Rank must be 1 number of 1 or more, or one for each two neighbours")]
    [InlineData("4x8x4", "4x4x4", "0", "Rank must be")]
    public void SettingsThatDoNotFitAreRefused(string input, string output, string rank, string says)
    {
        var error = Assert.Throws<DlException>(() => LayerCase.Make("TensorTrainDense", ("InputMode", input),
            ("OutputMode", output), ("Rank", rank)));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(says, error.Message);
    }

    [Fact]
    public void OtherFeaturesThanTheProductOfTheModesAreRefused() =>
        Assert.Contains("128 features, the product of InputMode 4x8x4", Assert.Throws<ShapeException>(
            () => Train(8).OutputShape([new Shape(100)])).Expected);

    [Fact]
    public void ParametersAreTheSumOfTheCores()
    {
        using var layer = new LayerCase(Train(3), new Shape(128));
        Assert.Equal(4 * 4 * 3 + 3 * 4 * 8 * 3 + 3 * 4 * 4 + 64, layer.ParameterCount);
    }

    /// <summary>The first values give an output of about the size that those of a Dense layer give.</summary>
    [Fact]
    public void FirstValuesKeepTheVarianceOfDense()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var x = randn([500, 128], generator: generator);
        using var dense = new LayerCase(new Dense { Units = 64, Bias = false }, new Shape(128), seed: 1);
        var expected = dense.Forward(x).std().ToDouble();
        var found = Enumerable.Range(0, 20).Average(seed =>
        {
            using var layer = new LayerCase(Train(8) with { Bias = false }, new Shape(128), seed: (ulong)seed);
            return layer.Forward(x).std().ToDouble();
        });
        Assert.InRange(found, 0.7 * expected, 1.4 * expected);
    }

    private static TensorTrainDense Train(int rank) => new()
    {
        InputMode = new Dims(4, 8, 4),
        OutputMode = new Dims(4, 4, 4),
        Rank = rank,
    };
}
