using System.Globalization;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class TensorOptimizerTests
{
    public static TheoryData<int, string> Cases =>
        Golden.Names("optimizers_whole", golden => golden["steps"] is not null);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwentyStepsAreThoseOfTheScript(int index, string name)
    {
        using var scope = NewDisposeScope();
        var file = Golden.Load("optimizers_whole");
        var golden = file[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var parameters = file[0]["parameters"]!.AsArray()
            .Select((value, i) => new Parameter($"p{i}", Golden.Tensor(value!).requires_grad_(true))).ToArray();
        var rule = Golden.Item<TensorOptimizer>(golden);
        Assert.Equal((double)golden["learningRate"]!, rule.LearningRate);
        using var steps = rule.Begin(parameters);
        foreach (var (i, row) in file[0]["gradients"]!.AsArray().Index())
        {
            steps.Factor = OptimizerCase.FactorOf(i + 1);
            foreach (var (parameter, gradient) in parameters.Zip(row!.AsArray()))
                parameter.Value.grad = Golden.Tensor(gradient!);
            steps.Step();
            if (golden["steps"]![(i + 1).ToString(CultureInfo.InvariantCulture)] is { } after)
                foreach (var (expected, parameter) in after.AsArray().Zip(parameters))
                    Golden.Equal(expected!, parameter.Value, $"step {i + 1} of {parameter.Name}", tolerance: 1e-5);
        }
    }

    /// <summary>A matrix of orthogonal steps: the singular values of each are near 1.</summary>
    [Theory]
    [InlineData(4, 9)]
    [InlineData(9, 4)]
    public void AStepOfMuonIsNearlyOrthogonal(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        var parameter = new Parameter("a", zeros(rows, columns).requires_grad_(true));
        using var steps = new Muon { LearningRate = 1 }.Begin([parameter]);
        parameter.Value.grad = randn(rows, columns);
        steps.Step();
        var longer = Math.Sqrt(Math.Max(1, (double)rows / columns));
        var values = linalg.svdvals(parameter.Value.detach()).div(longer).data<float>().ToArray();
        Assert.All(values, value => Assert.InRange(value, 0.6, 1.3));
    }

    [Fact]
    public void AnEmbeddingTakesStepsOfAdamW()
    {
        Layer[] layers = [new Embedding { Tokens = 5, Features = 3 }, new Flatten(), new Dense { Units = 2 }];
        using var scope = NewDisposeScope();
        using var model = new Model(layers, new Shape(4), seed: 1);
        using var steps = new Muon().Begin(model.Network!.Parameters);
        foreach (var parameter in model.Network.Parameters)
            parameter.Value.grad = ones_like(parameter.Value.detach());
        steps.Step();
        using var file = new MemoryStream();
        steps.Save(file);
        var text = System.Text.Encoding.UTF8.GetString(file.ToArray());
        Assert.Contains("embedding1.weight.exp_avg_sq", text);
        Assert.Contains("dense1.weight.momentum_buffer", text);
        Assert.DoesNotContain("embedding1.weight.momentum_buffer", text);
    }

    [Theory]
    [InlineData("LAMB")]
    [InlineData("Muon")]
    public void ALayersOwnRateAndDecayReplaceTheOptimizers(string name)
    {
        var rule = (TensorOptimizer)CatalogIndex.Create<Optimizer>(name);
        var own = Stepped(new Dense { Units = 2, LearningRate = 0.5, WeightDecay = 0.2 }, rule);
        Assert.Equal(Stepped(new Dense { Units = 2 }, rule.WithLearningRate(0.5) with { WeightDecay = 0.2 }), own);
        Assert.NotEqual(Stepped(new Dense { Units = 2 }, rule), own);

        static float[] Stepped(Layer layer, GradientOptimizer optimizer)
        {
            using var model = new Model([layer], new Shape(3), seed: 4);
            using var steps = optimizer.Begin(model.Network!.Parameters);
            foreach (var parameter in model.Network.Parameters)
                parameter.Value.grad = ones_like(parameter.Value.detach());
            steps.Step();
            return model.Network.Parameters.SelectMany(parameter => parameter.Value.data<float>().ToArray()).ToArray();
        }
    }

    [Theory]
    [InlineData("LAMB", "Beta1", 1)]
    [InlineData("LAMB", "Beta2", 1)]
    [InlineData("Muon", "Iterations", 0)]
    public void SettingsThatCannotWorkAreRefused(string optimizer, string setting, double value) =>
        Assert.Equal("InvalidSetting", Assert.Throws<DlException>(
            () => CatalogIndex.Create<Optimizer>(optimizer, [new(setting, value)])).Id);
}
