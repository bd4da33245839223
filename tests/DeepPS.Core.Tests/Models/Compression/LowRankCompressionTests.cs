using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using TorchSharp;
using static DeepPS.Tests.Compressible;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class LowRankCompressionTests
{
    [Fact]
    public void ADenseLayerBecomesTheClosestOneOfItsRank()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20, Name = "wide", Activation = new PReLU() });
        var before = Value(model, "wide.weight").clone();
        var compressed = ModelCompressor.Compress(model, Rank(3), ["wide"]);
        using var thin = compressed.Model;
        var product = Value(thin, "wide.u.weight").matmul(Value(thin, "wide.v.weight"));
        var values = linalg.svdvals(before);
        var expected = Math.Sqrt(values[3..].square().sum().ToDouble() / values.square().sum().ToDouble());
        var row = Assert.Single(compressed.Layers);
        Assert.Equal(expected, row.WeightError, 1e-5);
        Assert.Equal(expected, Error(before, product), 1e-5);
        Assert.Equal((3, 20 * 13 + 1, 3 * 32 + 20 + 1), (row.Rank, row.Before.Parameters, row.After.Parameters));
        Assert.Equal(row.After.Parameters + 63, thin.ParameterCount);
        Assert.True(before.equal(Value(model, "wide.weight")).all().ToBoolean());
        Assert.Equal(model.History, thin.History);
        Assert.Equal(["wide", "out"], thin.Summary().Select(layer => layer.Name));
        Train(thin, 2);
        Assert.Equal(5, thin.History.Count);
    }

    /// <summary>A weight of a lower rank than asked for loses nothing, in each kind of layer.</summary>
    [Theory]
    [InlineData("dense")]
    [InlineData("conv")]
    [InlineData("groups")]
    [InlineData("lstm")]
    [InlineData("inside")]
    public void AWeightOfLowRankLosesNothing(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = kind switch
        {
            "dense" => Trained(new Dense { Units = 20, Name = "it" }),
            "conv" => Trained(new Reshape { Shape = new Shape(3, 2, 2) },
                new Conv2d { Filters = 16, Name = "it", Padding = 1, Stride = 1, Activation = new PReLU() },
                new Flatten()),
            "groups" => Trained(new Reshape { Shape = new Shape(4, 3) },
                new Conv1d { Filters = 16, Name = "it", Groups = 2, Padding = Layers.Padding.Same }, new Flatten()),
            "lstm" => Trained(new Reshape { Shape = new Shape(3, 4) },
                new LSTM { Units = 6, Name = "it", Layers = 2, Bidirectional = true }),
            _ => Trained(new Residual { Body = new(new Dense { Units = 12 }, new BatchNorm()), Name = "it" }),
        };
        using (no_grad())
            foreach (var weight in model.Network!.Parameters.Where(p => p.Name.StartsWith("it.") && p.Shape.Rank > 1))
            {
                var groups = kind == "groups" ? 2 : 1;
                var matrix = weight.Value.reshape(groups, weight.Value.shape[0] / groups, -1);
                using var generator = new Generator(3);
                var rank2 = rand([groups, matrix.shape[1], 2], generator: generator)
                    .matmul(rand([groups, 2, matrix.shape[2]], generator: generator)).sub(0.5);
                weight.Load(rank2.reshape(weight.Value.shape));
            }

        var expected = Outputs(model);
        var compressed = ModelCompressor.Compress(model, Energy(1 - 1e-9));
        using var thin = compressed.Model;
        var row = compressed.Layers.Single(layer => layer.Layer.StartsWith("it"));
        Assert.Equal("", row.Reason);
        Assert.InRange(row.Rank!.Value, 2, 3);
        Assert.InRange(row.WeightError, 0, 1e-4);
        Assert.True(row.After.Parameters < row.Before.Parameters);
        Assert.True(thin.ParameterCount < model.ParameterCount);
        Assert.True(Error(expected, Outputs(thin)) < 1e-4);
        Train(thin, 1);
    }

    [Fact]
    public void EnergyTakesTheSmallestRankThatKeepsIt()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20, Name = "wide" });
        var squares = linalg.svdvals(Value(model, "wide.weight")).square();
        var share = squares.cumsum(0).div(squares.sum());
        using var thin = ModelCompressor.Compress(model, Energy(0.6), ["wide"]).Model;
        var rank = ((LowRankDense)thin.Layers[0]).Rank;
        Assert.True(share[rank - 1].ToDouble() >= 0.6);
        Assert.True(rank == 1 || share[rank - 2].ToDouble() < 0.6);
    }

    [Fact]
    public void ALayerThatWouldGrowStaysAsItIs()
    {
        using var model = Trained(new Dense { Units = 20, Name = "wide" });
        var compressed = ModelCompressor.Compress(model, Rank(8), ["wide"], ["wide"]);
        using var same = compressed.Model;
        Assert.Equal("it would have 276 parameters in place of 260", compressed.Layers[0].Reason);
        Assert.Equal(model.ParameterCount, same.ParameterCount);
        using var scope = NewDisposeScope();
        Assert.True(Outputs(model).equal(Outputs(same)).all().ToBoolean());
    }

    [Fact]
    public void WhatCannotBeIsAnErrorOnlyWhereItWasAskedFor()
    {
        using var model = Trained(new Dense { Units = 20, Name = "wide" }, new BatchNorm { Name = "norm" },
            new Dense { Units = 20, Name = "bound", WeightNormalization = WeightNormalization.Weight });
        Fails("RankTooLarge", Rank(13), "wide");
        Fails("LayerNotCompressible", Rank(2), "norm");
        Fails("LayerNotCompressible", Rank(2), "bound");
        Fails("TensorTrainMode", new TensorTrainCompression(new Dims(2, 5), null, RankChoice.Of(2)), "wide");
        Fails("TensorTrainMode",
            new TensorTrainCompression(new Dims(3, 4), new Dims(4, 4), RankChoice.Of(2)), "wide");
        Assert.Equal("CompressionSetting", Assert.Throws<DlException>(() => Rank(0)).Id);
        Assert.Equal("CompressionSetting", Assert.Throws<DlException>(() => Energy(1.5)).Id);
        Assert.Equal("CompressionSetting", Assert.Throws<DlException>(() => new Pruning(1)).Id);
        using var untrained = new Model([new Dense { Units = 3 }], new Shape(12));
        Assert.Equal("ModelNotTrained",
            Assert.Throws<DlException>(() => ModelCompressor.Compress(untrained, Rank(1))).Id);
        using var rest = ModelCompressor.Compress(model, Rank(13)).Model;

        void Fails(string id, Compression how, string layer) => Assert.Equal(id,
            Assert.Throws<DlException>(() => ModelCompressor.Compress(model, how, null, [layer])).Id);
    }

    [Fact]
    public void ACompressedModelComesBackFromItsFile()
    {
        using var model = Trained(new Reshape { Shape = new Shape(3, 2, 2) },
            new Conv2d { Filters = 16, Padding = 1 }, new Flatten(), new Dense { Units = 20 },
            new Reshape { Shape = new Shape(5, 4) }, new GRU { Units = 8 });
        using var thin = ModelCompressor.Compress(model, Rank(2)).Model;
        Assert.Equal(["Reshape", "Sequential", "Flatten", "LowRankDense", "Reshape", "GRU", "LowRankDense"],
            thin.Layers.Select(layer => layer.Entry.Name));
        var path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(thin, path);
            using var loaded = ModelFile.Load(path);
            using var scope = NewDisposeScope();
            Assert.True(Outputs(thin).equal(Outputs(loaded)).all().ToBoolean());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static LowRankCompression Rank(int rank) => new(RankChoice.Of(rank));

    private static LowRankCompression Energy(double energy) => new(RankChoice.OfEnergy(energy));
}
