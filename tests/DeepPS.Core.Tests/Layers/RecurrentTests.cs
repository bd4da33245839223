using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class RecurrentTests
{
    [Theory]
    [InlineData("RNN")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void SettingsThatCannotWorkAreRefusedAtOnce(string name)
    {
        Refuses("Units", 0);
        Refuses("Layers", 0, ("Units", 2));
        Refuses("Dropout", 1.5, ("Units", 2), ("Layers", 2));
        Refuses("Dropout", 0.5, ("Units", 2));

        void Refuses(string setting, object value, params (string Name, object Value)[] others)
        {
            var settings = others.Append((setting, value))
                .Select(pair => KeyValuePair.Create(pair.Item1, (object?)pair.Item2));
            var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>(name, [.. settings]));
            Assert.Equal("InvalidSetting", error.Id);
            Assert.Contains($"{name}: {setting} must be", error.Message);
        }
    }

    [Theory]
    [InlineData("28", "put Reshape 28x1 before it")]
    [InlineData("1x28x28", "time x features (rank 2)")]
    [InlineData("5x3 4", "a number for each step of the sequence")]
    [InlineData("5x3 5x3", "a mask")]
    [InlineData("5x3 5 5", "a mask")]
    public void ShapesThatCannotWorkAreRefused(string shapes, string wants)
    {
        var inputs = shapes.Split(' ').Select(shape => Shape.FromSetting(shape)).ToArray();
        Assert.Contains(wants, Assert.Throws<ShapeException>(() => new GRU { Units = 2 }.OutputShape(inputs)).Expected);
    }

    [Fact]
    public void FirstValuesFollowFromTheSeedAndLieWithinPyTorchsBound()
    {
        using var one = new LayerCase(new LSTM { Units = 16, Layers = 2 }, new Shape(4, 3), seed: 1);
        using var same = new LayerCase(new LSTM { Units = 16, Layers = 2 }, new Shape(4, 3), seed: 1);
        using var other = new LayerCase(new LSTM { Units = 16, Layers = 2 }, new Shape(4, 3), seed: 2);
        foreach (var name in new[] { "weight_ih_l0", "bias_hh_l0", "weight_ih_l1", "weight_hh_l1" })
        {
            Assert.True(one[name].bytes.SequenceEqual(same[name].bytes));
            Assert.False(one[name].bytes.SequenceEqual(other[name].bytes));
            Assert.InRange(one[name].abs().max().ToDouble(), 0.2, 0.25);
        }
    }

    [Fact]
    public void WhatStandsInPaddingChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(
            new LSTM { Units = 3, Layers = 2, Bidirectional = true, ReturnSequences = true },
            [new Shape(4, 2), new Shape(4)]);
        var mask = tensor(new float[,] { { 1, 1, 0, 0 }, { 5, 2, 3, 0 } });
        var x = rand(2, 4, 2);
        var changed = x.clone();
        changed[0, 2] = tensor([9f, -9f]);
        changed[1, 3] = tensor([9f, -9f]);
        var output = layer.Forward([x, mask]);
        Assert.Equal(output.data<float>().ToArray(), layer.Forward([changed, mask]).data<float>().ToArray());
        Assert.Equal(0, output[0, 2].abs().max().ToDouble());
        Assert.NotEqual(0, output[0, 1].abs().min().ToDouble());
    }

    [Fact]
    public void ASequenceThatIsPaddingAltogetherIsOneStepLong()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new GRU { Units = 3 }, [new Shape(4, 2), new Shape(4)]);
        var x = rand(2, 4, 2);
        var none = layer.Forward([x, zeros(2, 4)]);
        var one = layer.Forward([x, tensor(new float[,] { { 1, 0, 0, 0 }, { 1, 0, 0, 0 } })]);
        Assert.Equal(one.data<float>().ToArray(), none.data<float>().ToArray());
    }

    [Fact]
    public void DropoutIsBetweenLayersWhileTrainingAndDrawsFromTheGenerator()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new RNN { Units = 8, Layers = 2, Dropout = 0.5 }, new Shape(5, 3));
        var x = rand(2, 5, 3);
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
        Assert.NotEqual(Run(1), layer.Forward(x).data<float>().ToArray());

        using var all = new LayerCase(new RNN { Units = 8, Layers = 2, Dropout = 1 }, new Shape(5, 3));
        var dropped = all.Forward(x, training: true).data<float>().ToArray();
        Assert.Equal(dropped, all.Forward(x.mul(2), training: true).data<float>().ToArray());

        float[] Run(ulong seed)
        {
            using var generator = new Generator(seed);
            return layer.Forward(x, training: true, generator).data<float>().ToArray();
        }
    }

    [Fact]
    public void SharedParametersAreOneModules()
    {
        using var scope = NewDisposeScope();
        using var network = new Network(
            [
                new LSTM { Units = 2, Name = "left", From = ["input"] },
                new LSTM { Units = 2, ShareWith = "left", From = ["input2"] },
                new Add { From = ["left", "lstm1"] },
            ],
            [new NetworkInput("input", new Shape(3, 2)), new NetworkInput("input2", new Shape(3, 2))], seed: 1);
        Assert.Equal(4, network.Parameters.Count);
        Tensor x = rand(1, 3, 2), y = rand(1, 3, 2);
        network.Forward([x, y], new ForwardContext(training: true)).sum().backward();
        var together = network.Parameters[0].Value.grad!.clone();
        network.Parameters[0].Value.grad = null;
        foreach (var one in new[] { x, y })
            network.Forward([one, one], new ForwardContext(training: true)).sum().div(2).backward();
        Assert.True(together.allclose(network.Parameters[0].Value.grad!, 1e-5, 1e-7));
    }

    [Fact]
    public void SharedParametersOfOtherSizesAreRefused() =>
        Assert.Equal("ShareMismatch", Assert.Throws<DlException>(() => new Network(
            [
                new GRU { Units = 2, Name = "left", ReturnSequences = true },
                new GRU { Units = 3, ShareWith = "left" },
            ], new Shape(3, 2), seed: 1)).Id);

    [Fact]
    public void AFrozenLayerStaysAsItIsAndCanThaw()
    {
        using var model = new Model([new GRU { Units = 4, Frozen = true }, new Dense { Units = 2 }], new Shape(1, 2));
        var weight = model.Network!.Parameters[0].Value;
        Assert.False(weight.requires_grad);
        model.Configure((_, layer) => layer with { Frozen = false });
        Assert.Same(weight, model.Network.Parameters[0].Value);
        Assert.True(weight.requires_grad);
    }
}
