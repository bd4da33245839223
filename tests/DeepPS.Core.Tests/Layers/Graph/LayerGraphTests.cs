using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using TorchSharp;
using static TorchSharp.torch;
using Padding = DeepPS.Layers.Padding;

namespace DeepPS.Tests;

public class LayerGraphTests
{
    [Fact]
    public void LayersWithoutANameGetTheirTypeAndANumber()
    {
        Layer[] layers =
        [
            new Dense { Units = 3 }, new ReLU(), new Dense { Units = 2, Name = "head" }, new Dense { Units = 1 },
        ];
        Assert.Equal(["dense1", "relu1", "head", "dense2"], LayerNames.Of(layers));
    }

    [Fact]
    public void TwoLayersOfOneNameAreRefused()
    {
        var error = Assert.Throws<DlException>(
            () => new Model([new Dense { Units = 1, Name = "a" }, new Dense { Units = 1, Name = "A" }]));
        Assert.Equal("DuplicateLayer", error.Id);
    }

    [Fact]
    public void AnInputThatIsNoLayerIsRefusedAndTheNearestNameIsOffered()
    {
        var error = Assert.Throws<DlException>(
            () => new Model([new Dense { Units = 1 }, new ReLU { From = ["dens1"] }], new Shape(2)));
        Assert.Equal("UnknownInput", error.Id);
        Assert.Contains("'relu1'", error.Message);
        Assert.Contains("Did you mean dense1?", error.Message);
    }

    [Fact]
    public void LayersThatReadEachOtherAreRefusedAndNamedInTheOrderOfTheCircle()
    {
        var error = Assert.Throws<DlException>(() => new Model([
            new Dense { Units = 2, Name = "first" },
            new Add { Name = "sum", From = ["first", "back"] },
            new Dense { Units = 2, Name = "next" },
            new ReLU { Name = "back" },
        ], new Shape(2)));
        Assert.Equal("LayerCycle", error.Id);
        Assert.Contains("sum -> next -> back -> sum", error.Message);
    }

    [Fact]
    public void InputsThatDoNotMergeAreNamedWithTheLayersThatTheyComeFrom()
    {
        var error = Assert.Throws<DlException>(() => new Model([
            new Dense { Units = 2, Name = "two" },
            new Dense { Units = 3, Name = "three" },
            new Add { From = ["two", "three"] },
        ], new Shape(5)));
        Assert.Equal("LayerShape", error.Id);
        Assert.Contains("'add1' (Add)", error.Message);
        Assert.Contains("got 2 from 'two' and 3 from 'three'", error.Message);
    }

    [Fact]
    public void AnErrorInABodyNamesTheLayerInIt()
    {
        var error = Assert.Throws<DlException>(() => new Model([
            new Residual { Name = "block", Body = new(new Conv2d { Filters = 2, Name = "inner" }) },
        ], new Shape(5)));
        Assert.Contains("'block' (Residual)", error.Message);
        Assert.Contains("'inner' (Conv2d)", error.Message);
    }

    [Fact]
    public void ALayerThatCannotWorkIsNamedWithWhatCameAndWhatItWants()
    {
        var error = Assert.Throws<DlException>(
            () => new Model([new Dense { Units = 4 }, new Conv2d { Filters = 3, Name = "eye" }], new Shape(784)));
        Assert.Equal("LayerShape", error.Id);
        Assert.Contains("'eye' (Conv2d)", error.Message);
        Assert.Contains("got 4", error.Message);
        Assert.Contains("channels", error.Message);
    }

    [Fact]
    public void ALayerMayReadFromAnyLayerBeforeIt()
    {
        using var model = new Model([
            new Dense { Units = 5, Name = "wide" },
            new Dense { Units = 2 },
            new Dense { Units = 1, From = ["wide"] },
        ], new Shape(3));
        Assert.Equal([-1], model.Network!.Nodes[0].Inputs);
        Assert.Equal([0], model.Network.Nodes[2].Inputs);
        Assert.Equal(new Shape(5), model.Network.Nodes[2].InputShapes[0]);
    }

    [Fact]
    public void TheOrderOfTheListDoesNotMatterWhereLayersNameTheirInputs()
    {
        using var scope = NewDisposeScope();
        using var model = new Model([
            new Dense { Units = 4, Name = "late", From = ["early"] },
            new Dense { Units = 3, Name = "early", From = ["input"] },
            new Dense { Units = 2, From = ["late"] },
        ], new Shape(5));
        Assert.Equal(["4", "3", "2"], model.Summary().Select(row => row.OutputShape));
        var x = ones(7, 5);
        var (late, early, last) = (Weights(model, "late"), Weights(model, "early"), Weights(model, "dense1"));
        var expected = Linear(Linear(Linear(x, early), late), last);
        var actual = model.Network!.Forward(x, ForwardContext.Inference);
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());
    }

    [Fact]
    public void SharedParametersAreOnesAndLearnFromBothPlaces()
    {
        using var scope = NewDisposeScope();
        using var model = new Model([
            new Dense { Units = 3, Name = "a" },
            new Dense { Units = 3, Name = "b", ShareWith = "a", Activation = new Tanh() },
        ], new Shape(3));
        Assert.Equal(["a.weight", "a.bias"], model.Network!.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([12L, 0L], model.Summary().Select(row => row.Parameters!.Value));
        var x = ones(2, 3);
        model.Network.Forward(x, new ForwardContext(training: true)).sum().backward();

        var weights = Weights(model, "a");
        var twice = (Weight: Copy(weights.Weight), Bias: Copy(weights.Bias));
        Linear(Linear(x, twice), twice).tanh().sum().backward();
        Assert.Equal(twice.Weight.grad!.data<float>().ToArray(), weights.Weight.grad!.data<float>().ToArray());
        Assert.Equal(twice.Bias.grad!.data<float>().ToArray(), weights.Bias.grad!.data<float>().ToArray());

        static Tensor Copy(Tensor values) => values.detach().clone().requires_grad_(true);
    }

    /// <summary>Tied weights by Press and Wolf: the vector of a token is its weight in the output layer.</summary>
    [Fact]
    public void ADenseLayerWithoutBiasSharesTheVectorsOfAnEmbedding()
    {
        using var scope = NewDisposeScope();
        Layer[] Tied(bool bias) =>
        [
            new Embedding { Name = "tokens", Tokens = 5, Features = 3 },
            new Dense { Name = "logits", Units = 5, Bias = bias, ShareWith = "tokens" },
        ];
        using var model = new Model(Tied(bias: false), new Shape(2));
        Assert.Equal(["tokens.weight"], model.Network!.Parameters.Select(parameter => parameter.Name));
        var weight = model.Network.Parameters[0].Value;
        var ids = tensor(new[] { 4f, 1f }).reshape(1, 2);
        var output = model.Network.Forward(ids, new ForwardContext(training: true));
        var expected = weight.index_select(0, tensor(new[] { 4L, 1L })).matmul(weight.t());
        Assert.Equal(expected.data<float>().ToArray(), output.data<float>().ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-6);
        output.sum().backward();
        Assert.All(Enumerable.Range(0, 5), token => Assert.NotEqual(0, weight.grad![token].abs().sum().ToDouble()));

        Assert.Equal("ShareMismatch", Assert.Throws<DlException>(() => new Model(Tied(bias: true), new Shape(2))).Id);
    }

    [Theory]
    [InlineData("nobody", 3, "UnknownShare")]
    [InlineData("relu", 3, "UnknownShare")]
    [InlineData("a", 4, "ShareMismatch")]
    public void ParametersOfAnotherSizeOrTypeAreNotShared(string owner, int units, string id)
    {
        var error = Assert.Throws<DlException>(() => new Model([
            new Dense { Units = 3, Name = "a" },
            new ReLU { Name = "relu" },
            new Dense { Units = units, ShareWith = owner },
        ], new Shape(3)));
        Assert.Equal(id, error.Id);
    }

    [Fact]
    public void SeveralInputsGoToTheLayersThatNameThem()
    {
        using var scope = NewDisposeScope();
        using var model = new Model([
            new Dense { Units = 2, Name = "a", From = ["left"] },
            new Dense { Units = 3, Name = "b", From = ["right"] },
            new Concat { From = ["a", "b"] },
        ], [new NetworkInput("left", new Shape(4)), new NetworkInput("right", new Shape(5))]);
        Assert.Equal(["left", "right"], LayerNames.Inputs(model.Layers));
        var (left, right) = (rand(6, 4), rand(6, 5));
        var output = model.Network!.Forward([left, right], ForwardContext.Inference);
        var expected = cat([Linear(left, Weights(model, "a")), Linear(right, Weights(model, "b"))], 1);
        Assert.Equal(expected.data<float>().ToArray(), output.data<float>().ToArray());
    }

    /// <summary>
    /// A layer that returns its input, such as dropout outside training, must not free it for others.
    /// </summary>
    [Fact]
    public void WhatALayerGivesOnStaysForOtherReaders()
    {
        using var scope = NewDisposeScope();
        using var model = new Model([
            new Dense { Units = 3, Name = "a" },
            new Dropout { Name = "same" },
            new ReLU { Name = "read" },
            new Add { From = ["read", "a"] },
        ], new Shape(3));
        var x = rand(2, 3);
        var a = Linear(x, Weights(model, "a"));
        var output = model.Network!.Forward(x, ForwardContext.Inference);
        Assert.Equal(a.relu().add(a).data<float>().ToArray(), output.data<float>().ToArray());
    }

    [Fact]
    public void OutsideTrainingOnlyWhatTheOutputNeedsRuns()
    {
        using var model = new Model([
            new Dense { Units = 3, Name = "body" },
            new Dense { Units = 2, Name = "head", OutputWeight = 0.3 },
            new Dense { Units = 2, From = ["body"] },
        ], new Shape(3));
        Assert.Equal(["head"], model.Network!.Heads.Select(head => head.Name));
        using var scope = NewDisposeScope();
        var x = rand(2, 3);
        var outputs = model.Network.ForwardAll([x], new ForwardContext(training: true));
        var body = Linear(x, Weights(model, "body"));
        Assert.Equal(2, outputs.Count);
        Assert.Equal(Linear(body, Weights(model, "dense1")).data<float>().ToArray(),
            outputs[0].data<float>().ToArray());
        Assert.Equal(Linear(body, Weights(model, "head")).data<float>().ToArray(), outputs[1].data<float>().ToArray());
    }

    [Fact]
    public void AFrozenLayerRunsAsOutsideTrainingAndLearnsNothing()
    {
        using var scope = NewDisposeScope();
        using var model = new Model([
            new Residual { Name = "block", Body = new(new BatchNorm()) },
            new Dense { Units = 1 },
        ], new Shape(2));
        model.Configure((name, layer) => layer with { Frozen = name == "block" });
        Assert.Equal([false, false, true, true],
            model.Network!.Parameters.Select(parameter => parameter.Value.requires_grad));
        var x = rand(8, 2).add(3);
        model.Network.Forward(x, new ForwardContext(training: true)).sum().backward();
        Assert.Equal([0f, 0f], model.Network.Buffers[0].Value.data<float>().ToArray());
        Assert.Null(model.Network.Parameters[0].Value.grad);
        Assert.NotNull(model.Network.Parameters[2].Value.grad);

        model.Configure((_, layer) => layer with { Frozen = false });
        model.Network.Forward(x, new ForwardContext(training: true)).sum().backward();
        Assert.NotNull(model.Network.Parameters[0].Value.grad);
        Assert.All(model.Network.Buffers[0].Value.data<float>().ToArray(), mean => Assert.NotEqual(0, mean));
    }

    [Fact]
    public void WhatALayerSaysOfTrainingCountsForTheLayersInIt()
    {
        using var model = new Model([
            new Residual
            {
                LearningRate = 0.5,
                Body = new(new Dense { Units = 2 }, new Dense { Units = 2, LearningRate = 0.1, WeightDecay = 0.2 }),
            },
        ], new Shape(2));
        Assert.Equal([0.5, 0.5, 0.1, 0.1],
            model.Network!.Parameters.Select(parameter => parameter.LearningRate!.Value));
        Assert.Equal([null, null, 0.2, 0.2], model.Network.Parameters.Select(parameter => parameter.WeightDecay));
    }

    [Fact]
    public void TheSummaryCountsParametersAndShapes()
    {
        using var model = new Model([
            new Conv2d { Filters = 6, KernelSize = 5, Padding = Padding.FromSetting(2) },
            new MaxPool2d(), new Flatten(), new Dense { Units = 10 },
        ], new Shape(1, 28, 28));
        Assert.Equal([156L, 0, 0, 11770], model.Summary().Select(row => row.Parameters!.Value));
        Assert.Equal(["6x28x28", "6x14x14", "1176", "10"], model.Summary().Select(row => row.OutputShape));
        Assert.Equal(156 + 11770, model.ParameterCount);
    }

    [Fact]
    public void AModelKeepsTheShapeThatItWasBoundTo()
    {
        using var model = new Model([new Dense { Units = 1 }], new Shape(3));
        model.Bind(new Shape(3));
        Assert.Equal("InputShape", Assert.Throws<DlException>(() => model.Bind(new Shape(4))).Id);
    }

    /// <summary>
    /// A layer that returns its input shares it; by value, an input with a NaN would not equal itself.
    /// </summary>
    [Fact]
    public void ARowOfNaNLeavesTheOtherRowsAlone()
    {
        using var scope = NewDisposeScope();
        using var model = new Model([
            new Dense { Units = 3, Name = "a" }, new Dropout { Name = "same" }, new ReLU { Name = "b" },
            new Add { Name = "sum", From = ["a", "same", "b"] }, new Dense { Units = 2 },
        ], new Shape(2), seed: 1);
        Tensor Forward(float first) =>
            model.Network!.Forward([tensor(new[] { first, 1, 2, 3 }).reshape(2, 2)], ForwardContext.Inference);
        var (whole, broken) = (Forward(0), Forward(float.NaN));
        Assert.Equal(whole[1].data<float>().ToArray(), broken[1].data<float>().ToArray());
        Assert.True(broken[0].isnan().all().ToBoolean());
    }

    [Fact]
    public void TheSameSeedMakesTheSameParameters()
    {
        float[] First(int seed)
        {
            using var model = new Model([new Dense { Units = 7 }], new Shape(5), seed: seed);
            return model.Network!.Parameters[0].Value.data<float>().ToArray();
        }

        Assert.Equal(First(3), First(3));
        Assert.NotEqual(First(3), First(4));
    }

    private static (Tensor Weight, Tensor Bias) Weights(Model model, string layer) =>
        (Named(model, layer + ".weight"), Named(model, layer + ".bias"));

    private static Tensor Named(Model model, string name) =>
        model.Network!.Parameters.Single(parameter => parameter.Name == name).Value;

    private static Tensor Linear(Tensor x, (Tensor Weight, Tensor Bias) of) =>
        nn.functional.linear(x, of.Weight, of.Bias);
}
