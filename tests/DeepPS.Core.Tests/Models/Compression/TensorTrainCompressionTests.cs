using DeepPS.Layers;
using DeepPS.Models;
using static DeepPS.Tests.Compressible;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class TensorTrainCompressionTests
{
    /// <summary>The error that the cores are said to have is that of the matrix they make.</summary>
    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(100, null)]
    [InlineData(null, 0.7)]
    [InlineData(null, 0.95)]
    [InlineData(null, 1.0)]
    public void CoresMakeTheMatrixUpToTheirError(int? rank, double? energy)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var weight = randn([24, 30], generator: generator);
        var choice = rank is { } given ? RankChoice.Of(given) : RankChoice.OfEnergy(energy!.Value);
        var train = CoreTrain.Of(weight, [2, 5, 3], [4, 3, 2], choice);
        using var layer = new LayerCase(new TensorTrainDense
        {
            InputMode = new Dims(2, 5, 3), OutputMode = new Dims(4, 3, 2), Rank = new Dims(train.Ranks), Bias = false,
        }, new Common.Shape(30));
        foreach (var (core, parameter) in train.Cores.Zip(layer.Parameters))
            parameter.Load(core);
        var made = layer.Forward(eye(30)).t();
        Assert.Equal(Error(weight, made), train.Error, 1e-5);
        if (rank is { } most)
            Assert.All(train.Ranks, found => Assert.InRange(found, 1, most));
        if (rank == 100 || energy == 1)
            Assert.True(train.Error < 1e-6);
        if (energy is { } kept)
            Assert.True(1 - train.Error * train.Error >= kept - 1e-9);
    }

    [Fact]
    public void ADenseLayerBecomesATensorTrain()
    {
        using var model = Trained(new Dense { Units = 20, Name = "wide", Activation = new Tanh() });
        var how = new TensorTrainCompression(new Dims(3, 4), null, RankChoice.Of(4));
        var compressed = ModelCompressor.Compress(model, how);
        using var thin = compressed.Model;
        Assert.Equal(["TensorTrainDense", "Dense"], thin.Layers.Select(layer => layer.Entry.Name));
        var train = (TensorTrainDense)thin.Layers[0];
        Assert.Equal(("3x4", "5x4", "4"), ($"{train.InputMode}", $"{train.OutputMode}", $"{train.Rank}"));
        Assert.Equal(5 * 4 * 3 + 4 * 4 * 4 + 20, compressed.Layers[0].After.Parameters);
        Assert.Contains("20 features", compressed.Layers[1].Reason);
        Train(thin, 2);
        Assert.True(Accuracy(thin) > 0.9);
    }

    [Theory]
    [InlineData(64, 3, "4x4x4")]
    [InlineData(500, 3, "10x10x5")]
    [InlineData(10, 4, "5x2x1x1")]
    [InlineData(1, 2, "1x1")]
    public void UnitsGetFactorsNearEachOther(long units, int count, string expected) =>
        Assert.Equal(expected, string.Join("x", TensorTrainCompression.Balanced(units, count)));
}
