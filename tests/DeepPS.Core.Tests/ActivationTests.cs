using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class ActivationTests
{
    public static TheoryData<int, string> Activations => Golden.Names("activations");

    [Theory]
    [MemberData(nameof(Activations))]
    public void AnActivationGivesPyTorchsOutputsAndGradients(int index, string name)
    {
        var golden = Golden.Load("activations")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        LayerCase.CheckAgainst(golden);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void InPlaceItGivesTheSame(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("activations")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        var input = Golden.Tensor(golden["inputs"]![0]!).requires_grad_(true);
        var output = Golden.Item<FixedActivation>(golden).ApplyInPlace(input.mul(1));
        Golden.Equal(golden["output"]!, output, "the output");
        output.backward([Golden.Tensor(golden["along"]!)]);
        Golden.Equal(golden["inputGradients"]![0]!, input.grad, "the input's gradient");
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("LeakyReLU")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("ELU")]
    public void InPlaceItWritesOverItsInput(string name)
    {
        using var input = tensor([-1f, 2f]);
        var activation = (FixedActivation)Catalog.Create<Activation>(name);
        using var apart = activation.Apply(input);
        Assert.Equal([-1f, 2f], input.data<float>().ToArray());
        activation.ApplyInPlace(input);
        Assert.Equal(apart.data<float>().ToArray(), input.data<float>().ToArray());
    }

    [Fact]
    public void EveryActivationHasGoldenValues() => Assert.Empty(Golden.Missing("activations", CatalogKind.Activation));

    [Fact]
    public void TheBatchIsNoAxisOfClasses() => Assert.Equal("InvalidSetting",
        Assert.Throws<DlException>(() => Catalog.Create<Activation>("Softmax", [new("Axis", 0)])).Id);
}
