using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Sequences that are computed step by step.</summary>
public sealed class StepCacheTests
{
    [Theory]
    [InlineData("Transformer")]
    [InlineData("LstmSeq2Seq")]
    [InlineData("TransformerLM")]
    [InlineData("GRU")]
    [InlineData("GRU of rank 4")]
    public void ACacheGivesTheSameLogitsAndTokens(string name)
    {
        using var model = TextModels.Trained(name);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var plan = model.Plan!;
        var rows = TextModels.Rows(model, "one two three four.", "five.", "two two");
        using var data = new DeviceData(plan.Encode(rows, withLabel: false), CPU);
        var inputs = data.Range(0, 3).Inputs;
        using var steps = model.Network!.BeginSteps(inputs, plan.TargetPlace);
        Assert.NotNull(steps);
        var random = new Random(5);
        var length = (int)plan.Label!.Shape[0];
        var tokens = tensor(Enumerable.Range(0, 3 * length)
            .Select(_ => (float)random.Next(2, plan.Label.Classes.Count)).ToArray()).reshape(3, length);
        var all = inputs.ToArray();
        all[plan.TargetPlace] = tokens;
        var whole = model.Network.Forward(all, ForwardContext.Inference);
        for (var step = 0; step < length; step++)
        {
            var distance = steps.Next(tokens.narrow(1, step, 1)).sub(whole.narrow(1, step, 1)).abs().max().ToDouble();
            Assert.True(distance < 1e-4, $"step {step}: {distance}");
        }

        foreach (var options in new DecodingOptions[] { new(), new() { Beam = 3 }, new() { Temperature = 0.7 } })
            Assert.Equal(TextModelTests.Texts(model, rows, options with { UsesCache = false }),
                TextModelTests.Texts(model, rows, options));
    }

    [Fact]
    public void ALayerWithoutACacheRunsOverAllSteps()
    {
        using var model = TextModels.Trained("RNN", 1);
        var inputs = new[] { zeros(1, model.Plan!.Label!.Shape[0]) };
        Assert.Null(model.Network!.BeginSteps(inputs, 0));
        inputs[0].Dispose();
        Assert.NotEmpty(TextModelTests.Texts(model, TextModels.Rows(model, "un"))[0]);
    }

    /// <summary>A memory of steps, and a sum with numbers of all steps, are not computed step by step.</summary>
    [Fact]
    public void LayersThatNeedAllStepsOfAnInputHaveNoCache()
    {
        Layer words = new Embedding { Tokens = 5, Features = 4, Name = "words", From = ["input"] };
        Layer other = new Embedding { Tokens = 5, Features = 4, Name = "other", From = ["input2"] };
        Assert.False(HasSteps(words, new LuongAttention { From = ["words", "words"] }));
        Assert.False(HasSteps(words, new TransformerEncoder { Layers = 1, Heads = 1, FeedForward = 4 }));
        Assert.False(HasSteps(words, other, new Add { From = ["words", "other"] }));
        Assert.True(HasSteps(words, other, new LuongAttention { From = ["words", "other", "input2"] }));
        Assert.True(HasSteps(words, new Dense { Units = 4, Name = "dense" }, new Add { From = ["words", "dense"] }));

        static bool HasSteps(params Layer[] layers)
        {
            using var network = new Network(layers, NetworkInput.Numbered([new Shape(3), new Shape(3)]), 1);
            using var scope = NewDisposeScope();
            using var steps = network.BeginSteps([zeros(1, 3), zeros(1, 3)], 0);
            return steps is not null;
        }
    }
}
