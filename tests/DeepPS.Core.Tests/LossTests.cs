using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class LossTests
{
    public static TheoryData<int, string> Losses => Golden.Names("losses");

    [Theory]
    [MemberData(nameof(Losses))]
    public void ALossGivesPyTorchsValueAndGradient(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("losses")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        var loss = Golden.Item<Loss>(golden);
        var output = Golden.Tensor(golden["output"]!).requires_grad_(true);
        var target = Golden.Tensor(golden["target"]!);
        var value = loss.Compute(output, target, golden["classWeights"] is { } weights ? Golden.Tensor(weights) : null);
        Golden.Equal(golden["loss"]!, value, "the loss");
        value.backward();
        Golden.Equal(golden["gradient"]!, output.grad, "the gradient");
        if (golden["probabilities"] is { } probabilities)
            Golden.Equal(probabilities, loss.Probabilities(output), "the probabilities");
        else
            Assert.Null(loss.Probabilities(output));
        Assert.Equal(target.dtype == ScalarType.Int64 ? LabelKind.Class : LabelKind.Number, loss.LabelKind);
    }

    [Fact]
    public void EveryLossHasGoldenValues() => Assert.Empty(Golden.Missing("losses", CatalogKind.Loss));

    [Theory]
    [InlineData("MSE")]
    [InlineData("MAE")]
    public void LossesOverNumbersRefuseClassWeightsAndOtherShapes(string name)
    {
        using var scope = NewDisposeScope();
        var loss = Catalog.Create<Loss>(name);
        Assert.Equal("ClassWeightsNotSupported",
            Assert.Throws<DlException>(() => loss.Compute(ones(2, 1), ones(2, 1), ones(2))).Id);
        Assert.Equal("OutputMismatch", Assert.Throws<DlException>(() => loss.Compute(ones(4, 1), ones(4))).Id);
    }

    [Fact]
    public void BinaryCrossEntropyRefusesTwoOutputs()
    {
        using var scope = NewDisposeScope();
        var loss = new BinaryCrossEntropy();
        var target = zeros(4, dtype: ScalarType.Int64);
        Assert.Equal("OutputMismatch", Assert.Throws<DlException>(() => loss.Compute(ones(4, 2), target)).Id);
        Assert.Equal("OutputMismatch", Assert.Throws<DlException>(() => loss.Probabilities(ones(4, 2))).Id);
    }
}
