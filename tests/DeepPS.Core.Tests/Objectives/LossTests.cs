using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class LossTests
{
    public static TheoryData<int, string> Losses => Golden.Names("losses");

    public static TheoryData<int, string> Twice => Golden.Names("losses", golden => golden["second"] is not null);

    /// <summary>The losses whose value for a sample does not depend on the others of its batch.</summary>
    public static IEnumerable<object[]> SeparateLosses =>
        Losses.Where(row => Golden.Item<Loss>(Golden.Load("losses")[(int)row[0]]) is not EmbeddingLoss);

    public static TheoryData<string> NumberLosses => ["MSE", "MAE", "Huber", "Poisson", "KLDivergence"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void ALossGivesPyTorchsValueAndGradient(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("losses")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        var (loss, output, target, value) = Compute(golden);
        Golden.Equal(golden["loss"]!, value, "the loss");
        value.backward();
        Golden.Equal(golden["gradient"]!, output.grad, "the gradient");
        if (golden["probabilities"] is { } probabilities)
            Golden.Equal(probabilities, loss.Probabilities(OutputForm.Flat(output, target.shape.AsSpan(1))),
                "the probabilities");
        Assert.True(loss.Suits(target.dtype == ScalarType.Int64 ? LabelKind.Class : LabelKind.Number));
    }

    [Theory]
    [MemberData(nameof(Twice))]
    public void ALossGivesPyTorchsSecondGradient(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("losses")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        var (_, output, _, value) = Compute(golden);
        Golden.EqualSecond([.. golden["second"]!.AsArray()], value, [output]);
    }

    /// <summary>PyTorch has none for these two.</summary>
    [Fact]
    public void AllOtherLossesHaveSecondGradients() =>
        Assert.Equal(["CTC", "MultiMargin"], Golden.WithoutSecondGradients("losses"));

    [Fact]
    public void EveryLossHasGoldenValues() => Assert.Empty(Golden.Missing("losses", CatalogKind.Loss));

    [Fact]
    public void EveryLossHasGoldenValuesWithWeightsOfSamples()
    {
        var weighted = Golden.Load("losses").Where(golden => golden["sampleWeights"] is not null);
        Assert.Empty(CatalogIndex.Get(CatalogKind.Loss).Select(entry => entry.Name)
            .Except(weighted.Select(golden => (string)golden["type"]!)));
    }

    [Theory]
    [MemberData(nameof(SeparateLosses))]
    public void BatchesJoinToTheLossOfTheWhole(int index, string name)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var golden = Golden.Load("losses")[index]!;
        var loss = Golden.Item<Loss>(golden);
        var (output, target) = (Golden.Tensor(golden["output"]!), Golden.Tensor(golden["target"]!));
        var classWeights = golden["classWeights"] is { } weights ? Golden.Tensor(weights) : null;
        var sampleWeights = golden["sampleWeights"] is { } samples ? Golden.Tensor(samples) : null;
        var (sum, total) = (0.0, 0.0);
        foreach (var (first, size) in new[] { (0L, 1L), (1L, target.shape[0] - 1) })
        {
            var (part, own) = (target.narrow(0, first, size), sampleWeights?.narrow(0, first, size));
            var weight = loss.Total(part, classWeights, own)?.ToDouble() ?? size;
            sum += loss.Compute(output.narrow(0, first, size), part, classWeights, own).ToDouble() * weight;
            total += weight;
        }

        var whole = loss.Compute(output, target, classWeights, sampleWeights).ToDouble();
        Assert.True(Math.Abs(whole - sum / total) <= 2e-5 * Math.Max(1, Math.Abs(whole)),
            $"{name}: {sum / total} is not {whole}");
    }

    [Theory]
    [MemberData(nameof(SeparateLosses))]
    public void TheLossOfEachSampleIsThatOfABatchOfIt(int index, string name)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var golden = Golden.Load("losses")[index]!;
        var loss = Golden.Item<Loss>(golden);
        var (output, target) = (Golden.Tensor(golden["output"]!), Golden.Tensor(golden["target"]!));
        var each = loss.OfEachSample(output, target);
        Assert.Equal([target.shape[0]], each.shape);
        for (var i = 0; i < each.shape[0]; i++)
        {
            var alone = loss.Compute(output.narrow(0, i, 1), target.narrow(0, i, 1)).ToDouble();
            Assert.True(Math.Abs(alone - each[i].ToDouble()) <= 1e-5 * Math.Max(1, Math.Abs(alone)),
                $"{name}, sample {i}");
        }
    }

    [Fact]
    public void WeightsOfNothingGiveALossOfNothing()
    {
        using var scope = NewDisposeScope();
        var output = randn(3, 4).requires_grad_(true);
        var loss = new CrossEntropy().Compute(output, zeros(3, dtype: ScalarType.Int64), null, zeros(3));
        loss.backward();
        Assert.Equal(0, loss.ToDouble());
        Assert.Equal(0, output.grad!.abs().sum().ToDouble());
        var ignored = new CrossEntropy { IgnoreIndex = 1 }.Compute(output, ones(3, dtype: ScalarType.Int64));
        Assert.Equal(0, ignored.ToDouble());
    }

    [Theory]
    [MemberData(nameof(NumberLosses))]
    public void LossesOverNumbersRefuseClassWeightsAndOtherShapes(string name)
    {
        using var scope = NewDisposeScope();
        var loss = CatalogIndex.Create<Loss>(name);
        Assert.Equal("ClassWeightsNotSupported",
            Assert.Throws<DlException>(() => loss.Compute(ones(2, 1), ones(2, 1), ones(2))).Id);
        Assert.Equal("OutputMismatch", Assert.Throws<DlException>(() => loss.Compute(ones(4, 1), ones(4))).Id);
    }

    [Theory]
    [InlineData("CTC", new long[] { 2, 3, 4 })]
    [InlineData("TripletMargin", new long[] { 2, 3, 4 })]
    public void LossesWithoutClassesToWeighRefuseClassWeights(string name, long[] output)
    {
        using var scope = NewDisposeScope();
        var target = zeros(2, 1, dtype: ScalarType.Int64);
        var error = Assert.Throws<DlException>(
            () => CatalogIndex.Create<Loss>(name).Compute(ones(output), target, ones(3)));
        Assert.Equal("ClassWeightsNotSupported", error.Id);
    }

    [Theory]
    [InlineData("BinaryCrossEntropy", new long[] { 4, 2 })]
    [InlineData("Hinge", new long[] { 4, 2 })]
    [InlineData("Perceptron", new long[] { 4, 2 })]
    [InlineData("CosineEmbedding", new long[] { 4, 3, 2 })]
    [InlineData("Contrastive", new long[] { 4, 2 })]
    [InlineData("TripletMargin", new long[] { 4, 2, 2 })]
    [InlineData("CTC", new long[] { 4, 2 })]
    public void OutputsOfAnotherFormAreRefused(string name, long[] output)
    {
        using var scope = NewDisposeScope();
        var target = zeros(4, dtype: ScalarType.Int64);
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Loss>(name).Compute(ones(output), target));
        Assert.Equal("OutputMismatch", error.Id);
    }

    [Fact]
    public void OutputsWithoutTheLabelsPlacesAreRefused()
    {
        using var scope = NewDisposeScope();
        var places = zeros(4, 5, dtype: ScalarType.Int64);
        Refuses(() => new CrossEntropy().Compute(ones(4, 6, 3), places));
        Refuses(() => new Quantile { Quantiles = [0.1, 0.9] }.Compute(ones(4, 3), ones(4, 1)));
        Refuses(() => new BinaryCrossEntropy().Probabilities(ones(4, 2)));

        static void Refuses(Func<object?> action) =>
            Assert.Equal("OutputMismatch", Assert.Throws<DlException>(action).Id);
    }

    [Theory]
    [InlineData("Huber", "Delta", 0)]
    [InlineData("Contrastive", "Margin", 0)]
    [InlineData("GaussianNLL", "Epsilon", 0)]
    [InlineData("Quantile", "Quantiles", 1.5)]
    public void SettingsThatCannotWorkAreRefused(string name, string setting, object value)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Loss>(name, [new(setting, value)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    private static (Loss Loss, Tensor Output, Tensor Target, Tensor Value) Compute(JsonNode golden)
    {
        var (loss, target) = (Golden.Item<Loss>(golden), Golden.Tensor(golden["target"]!));
        var output = Golden.Tensor(golden["output"]!).requires_grad_(true);
        return (loss, output, target, loss.Compute(output, target, Weights("classWeights"), Weights("sampleWeights")));

        Tensor? Weights(string what) => golden[what] is { } weights ? Golden.Tensor(weights) : null;
    }
}
