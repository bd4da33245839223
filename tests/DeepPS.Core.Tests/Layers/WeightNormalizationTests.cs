using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class WeightNormalizationTests
{
    /// <summary>The initial weight is the initializer's, and its length is the initial length parameter.</summary>
    [Fact]
    public void AWeightOfLengthAndDirectionBeginsAsWithoutThem()
    {
        using var scope = NewDisposeScope();
        var input = randn(3, 5);
        using var plain = new LayerCase(new Dense { Units = 4 }, new Shape(5), seed: 2);
        using var parted = new LayerCase(
            new Dense { Units = 4, WeightNormalization = WeightNormalization.Weight }, new Shape(5), seed: 2);
        Assert.Equal([4, 1], parted["weight_g"].shape);
        Assert.InRange(plain.Forward(input).sub(parted.Forward(input)).abs().max().ToDouble(), 0, 1e-6);
    }

    [Theory]
    [InlineData("Dense", "12")]
    [InlineData("Conv2d", "3x4x4")]
    [InlineData("ConvTranspose2d", "3x4x4")]
    public void TrainingBringsTheLargestSingularValueToOne(string name, string shape)
    {
        using var scope = NewDisposeScope();
        var input = Shape.FromSetting(shape);
        using var layer = new LayerCase(
            LayerCase.Make(name, ("WeightNormalization", "Spectral"), ("WeightInitializer", "Normal")), input, seed: 5);
        for (var pass = 0; pass < 100; pass++)
            layer.Forward(zeros(input.WithBatch(1)), training: true);
        var weight = layer["weight_orig"];
        var matrix = name == "ConvTranspose2d" ? weight.transpose(0, 1) : weight;
        var largest = linalg.svdvals(matrix.reshape(matrix.shape[0], -1)).max();
        var (u, v) = (layer["weight_u"], layer["weight_v"]);
        Assert.Equal(largest.ToDouble(), u.dot(matrix.reshape(matrix.shape[0], -1).mv(v)).ToDouble(), 4);
    }

    /// <summary>
    /// Of two forward passes before a backward pass, the second must not change the gradient of the first.
    /// </summary>
    [Fact]
    public void TwoForwardPassesMayShareABackwardPass()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(
            new Dense { Units = 2, WeightNormalization = WeightNormalization.Spectral }, new Shape(3));
        var first = layer.Forward(ones(1, 3), training: true);
        var second = layer.Forward(ones(1, 3), training: true);
        first.add(second).sum().backward();
        Assert.True(layer["weight_orig"].grad!.isfinite().all().ToBoolean());
        Assert.True(layer["weight_orig"].grad!.abs().sum().ToDouble() > 0);
    }

    [Fact]
    public void OutsideTrainingNothingMoves()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(
            new Dense { Units = 4, WeightNormalization = WeightNormalization.Spectral }, new Shape(6));
        var before = layer["weight_u"].clone();
        layer.Forward(ones(1, 6));
        Assert.Equal(before.data<float>().ToArray(), layer["weight_u"].data<float>().ToArray());
        layer.Forward(ones(1, 6), training: true);
        Assert.NotEqual(before.data<float>().ToArray(), layer["weight_u"].data<float>().ToArray());
    }

    /// <summary>
    /// Both factors of a weight product are normalised under their own names; a model file keeps them.
    /// </summary>
    [Fact]
    public void EachFactorIsNormalisedAndAModelFileKeepsIt()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("deepps weights ");
        var file = Path.Combine(folder.FullName, "a.dlmodel");
        using var model = new Model(
            [LayerCase.Make("SeparableConv2d", ("WeightNormalization", "Spectral")), new PReLU()], new Shape(2, 4, 4));
        var state = model.Network!.State.Select(parameter => parameter.Name).ToArray();
        Assert.Equal(["depthwise.weight_orig", "pointwise.weight_orig", "pointwise.bias"],
            state[..3].Select(name => name.Replace("separableconv2d1.", "")));
        Assert.Equal("prelu1.weight", state[3]);
        Assert.Equal(4, model.Network.Buffers.Count);
        model.Network.Forward(randn(1, 2, 4, 4), new ForwardContext(training: true));
        ModelFile.Save(model, file);
        using var loaded = ModelFile.Load(file);
        folder.Delete(recursive: true);
        Assert.Equal(model.Layers, loaded.Layers);
        foreach (var (ours, theirs) in model.Network.State.Zip(loaded.Network!.State))
            Assert.True(ours.Value.bytes.SequenceEqual(theirs.Value.bytes), ours.Name);
    }
}
