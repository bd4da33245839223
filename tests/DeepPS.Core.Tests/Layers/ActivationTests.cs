using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
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
    public void AnActivationGivesPyTorchsSecondGradients(int index, string name)
    {
        var golden = Golden.Load("activations")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        LayerCase.CheckSecondGradients(golden);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void InPlaceItGivesTheSame(int index, string name)
    {
        var golden = Golden.Load("activations")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        LayerCase.CheckAgainst(golden, activation => new Overwriting((Activation)activation));
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("LeakyReLU")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("ReLU6")]
    [InlineData("SELU")]
    [InlineData("CELU")]
    [InlineData("Hardtanh")]
    public void InPlaceItWritesOverItsInput(string name)
    {
        using var input = tensor([-1f, 2f]);
        var activation = (FixedActivation)CatalogIndex.Create<Activation>(name);
        using var apart = activation.Apply(input);
        Assert.Equal([-1f, 2f], input.data<float>().ToArray());
        activation.ApplyInPlace(input);
        Assert.Equal(apart.data<float>().ToArray(), input.data<float>().ToArray());
    }

    [Fact]
    public void EveryActivationHasGoldenValues() => Assert.Empty(Golden.Missing("activations", CatalogKind.Activation));

    [Theory]
    [InlineData("Softmax")]
    [InlineData("GLU")]
    public void TheBatchIsNoAxisOfASample(string name)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Activation>(name, [new("Axis", 0)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains("Axis must be another axis", error.Message);
    }

    [Theory]
    [InlineData("CELU", "Alpha", 0)]
    [InlineData("Softplus", "Beta", 0)]
    [InlineData("Hardtanh", "Max", -1)]
    [InlineData("RReLU", "Upper", 0.1)]
    public void ASettingThatCannotWorkIsNamed(string name, string setting, double value)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Activation>(name, [new(setting, value)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains($"{name}: {setting} must be", error.Message);
    }

    [Fact]
    public void AGateHalvesWhatALayerGives()
    {
        var dense = new Dense { Units = 6, Activation = new GLU() };
        Assert.Equal(new Shape(5, 3), dense.OutputShape([new Shape(5, 4)]));
        Assert.Contains("even number of places on axis -1", Assert.Throws<ShapeException>(
            () => new Dense { Units = 5, Activation = new GLU() }.OutputShape([new Shape(4)])).Expected);
    }

    /// <summary>Random slopes: uniform between the bounds, one per number, only from the generator.</summary>
    [Fact]
    public void RandomSlopesComeFromTheGenerator()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new RReLU { Lower = 0.2, Upper = 0.6 }, new Shape(20_000));
        var input = cat([ones(1, 10_000), full(1, 10_000, -1f)], 1).requires_grad_(true);
        var output = Run(1);
        var values = output.data<float>().ToArray();
        Assert.All(values[..10_000], value => Assert.Equal(1, value));
        var slopes = values[10_000..].Select(value => -value).ToArray();
        Assert.InRange(slopes.Min(), 0.2f, 0.2004f);
        Assert.InRange(slopes.Max(), 0.5996f, 0.6f);
        Assert.InRange(slopes.Average(), 0.394, 0.406);
        output.sum().backward();
        Assert.Equal(slopes, input.grad!.data<float>().ToArray()[10_000..]);

        var before = get_rng_state().bytes.ToArray();
        Assert.Equal(values, Run(1).data<float>().ToArray());
        Assert.NotEqual(values, Run(2).data<float>().ToArray());
        Assert.Equal(before, get_rng_state().bytes.ToArray());

        Tensor Run(ulong seed)
        {
            using var generator = new Generator(seed);
            return layer.Forward(input, training: true, generator);
        }
    }

    /// <summary>A layer whose activation overwrites a copy of the input.</summary>
    private sealed record Overwriting(Activation Function) : UnaryLayer
    {
        protected override Shape OutputShape(Shape input) => Function.OutputShape([input]);

        protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
        {
            var apply = Function.BuildFunction(builder, overwrite: true);
            return (x, context) => apply(x.mul(1), context);
        }
    }
}
