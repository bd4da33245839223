using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class RegularizerTests
{
    public static TheoryData<int, string> Regularizers => Golden.Names("regularizers");

    [Theory]
    [MemberData(nameof(Regularizers))]
    public void PenaltiesAndTheirGradientsAreTheFormulas(int index, string name)
    {
        var golden = Golden.Load("regularizers")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var regularizer = Golden.Item<Regularizer>(golden);
        Assert.Equal(regularizer.TakesWeights, golden["weight"] is not null);
        if (golden["weight"] is { } weight)
            Check(weight, regularizer.Penalty);
        Check(golden["activity"]!, regularizer.ActivityPenalty);
    }

    [Fact]
    public void EveryRegularizerHasGoldenValues() =>
        Assert.Empty(Golden.Missing("regularizers", CatalogKind.Regularizer));

    /// <summary>The output of a Sigmoid in float32 can be exactly 0 or 1.</summary>
    [Fact]
    public void ASparsityOfActivitiesAtTheirLimitsIsFinite()
    {
        using var activity = tensor([0f, 1f, 0f, 1f]).reshape(2, 2).requires_grad_(true);
        using var penalty = new KLSparsity().ActivityPenalty(activity);
        penalty.backward();
        Assert.True(float.IsFinite(penalty.ToSingle()));
        Assert.All(activity.grad!.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData("Dense", "WeightRegularizer", "KLSparsity")]
    [InlineData("Dense", "BiasRegularizer", "KLSparsity")]
    [InlineData("Conv2d", "WeightRegularizer", "KLSparsity")]
    [InlineData("Dense", "MaxNorm", 0)]
    [InlineData("Dense", "MaxNorm", -1)]
    [InlineData("Dense", "MaxNorm", 1, "WeightNormalization", "Weight")]
    public void SettingsThatCannotWorkAreRefused(
        string layer, string setting, object value, string? other = null, object? otherValue = null)
    {
        KeyValuePair<string, object?>[] more = other is null ? [] : [new(other, otherValue)];
        var size = layer == "Dense" ? "Units" : "Filters";
        var error = Assert.Throws<DlException>(
            () => CatalogIndex.Create<Layer>(layer, [new(size, 2), new(setting, value), .. more]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    [Theory]
    [InlineData("Rho", 0)]
    [InlineData("Rho", 1)]
    [InlineData("Beta", -1)]
    public void ASparsityWithoutATargetIsRefused(string setting, double value)
    {
        var error = Assert.Throws<DlException>(
            () => CatalogIndex.Create<Regularizer>("KLSparsity", [new(setting, value)]));
        Assert.Contains(setting, error.Message);
    }

    /// <summary>A transposed convolution has its filters on the second axis.</summary>
    [Theory]
    [InlineData("Conv1d", 0)]
    [InlineData("ConvTranspose1d", 1)]
    public void AConvolutionsFiltersStayWithinTheirNorm(string name, int axis)
    {
        using var scope = NewDisposeScope();
        var layer = CatalogIndex.Create<Layer>(name, [new("Filters", 3), new("KernelSize", 2), new("MaxNorm", 0.4)]);
        using var model = new Model([layer], new Shape(2, 5), seed: 1);
        var weight = model.Network!.Parameters[0];
        weight.Load(weight.Value.detach().mul(10));
        MaxNormConstraint.Apply(model.Network.Parameters);
        var norms = weight.Value.detach().transpose(0, axis).flatten(1).square().sum([1]).sqrt();
        Assert.Equal(3, norms.shape[0]);
        Assert.All(norms.data<float>().ToArray(), norm => Assert.Equal(0.4, norm, 1e-5));
    }

    /// <summary>The penalty is on the learned weights: all of DropConnect's, and both of a low-rank pair.</summary>
    [Theory]
    [InlineData("Dense")]
    [InlineData("DropConnect")]
    [InlineData("LowRankDense")]
    public void EachWeightIsPenalisedAsItIsLearned(string name)
    {
        using var scope = NewDisposeScope();
        KeyValuePair<string, object?>[] rank = name == "LowRankDense" ? [new("Rank", 2)] : [];
        var layer = CatalogIndex.Create<Layer>(
            name, [new("Units", 3), new("WeightRegularizer", new L2 { Lambda = 1 }), .. rank]);
        using var model = new Model([layer], new Shape(4), seed: 1);
        var context = new ForwardContext(training: true);
        model.Network!.Forward(ones(2, 4), context);
        var weights = model.Network.Parameters.Where(parameter => parameter.Value.dim() == 2).ToArray();
        var squares = weights.Sum(weight => weight.Value.detach().square().sum().ToDouble());
        Assert.Equal(squares, context.TakePenalty()!.ToDouble(), 1e-5);
        Assert.Equal(name == "LowRankDense" ? 2 : 1, weights.Length);
    }

    /// <summary>Outside training, and in a frozen layer, there is no penalty.</summary>
    [Fact]
    public void OutsideTrainingThereIsNoPenalty()
    {
        var layer = new Dense { Units = 2, WeightRegularizer = new L2() };
        Assert.True(Penalty(layer, training: true) > 0);
        Assert.Null(Penalty(layer, training: false));
        Assert.Null(Penalty(layer with { Frozen = true }, training: true));

        static float? Penalty(Layer layer, bool training)
        {
            using var model = new Model([layer], new Shape(3));
            var context = new ForwardContext(training);
            using var output = model.Network!.Forward(ones(1, 3), context);
            return context.TakePenalty()?.ToSingle();
        }
    }

    private static void Check(JsonNode golden, Func<Tensor, Tensor> penalty)
    {
        using var scope = NewDisposeScope();
        var values = Golden.Tensor(golden["values"]!).requires_grad_(true);
        var sum = penalty(values);
        Golden.Equal(golden["penalty"]!, sum, "the penalty");
        sum.backward();
        Golden.Equal(golden["gradient"]!, values.grad, "the gradient");
    }
}
