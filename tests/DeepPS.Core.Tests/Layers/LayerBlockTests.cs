using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>What the layers that published networks are made of refuse, beside their golden values.</summary>
public class LayerBlockTests
{
    [Theory]
    [InlineData("Sequential", "Body", "")]
    [InlineData("PadChannels", "Channels", 0)]
    [InlineData("BatchNorm", "WeightInitializer", "Orthogonal")]
    public void ASettingThatCannotWorkIsRefusedByName(string name, string setting, object value)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>(name, [new(setting, value)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    [Theory]
    [InlineData("PadChannels", "8 channels or fewer", "9x2x2")]
    [InlineData("PadChannels", "8 channels or fewer", "")]
    [InlineData("SequenceMean", "time x features (rank 2)", "5")]
    [InlineData("SequenceMean", "time x features (rank 2)", "1x5x4")]
    [InlineData("SequenceMean", "mask with a number for each step", "5x4", "4")]
    public void AShapeThatCannotWorkIsRefusedWithWhatTheLayerWants(string name, string wants, params string[] shapes)
    {
        var layer = CatalogIndex.Create<Layer>(name, name == "PadChannels" ? [new("Channels", 8)] : []);
        var inputs = shapes.Select(Shape.FromSetting).ToArray();
        Assert.Contains(wants, Assert.Throws<ShapeException>(() => layer.OutputShape(inputs)).Expected);
    }

    [Fact]
    public void ASequentialNamesTheLayerInItThatCannotWork()
    {
        var error = Assert.Throws<DlException>(() => new Model(
            [new Sequential { Name = "stem", Body = new(new Flatten(), new Conv2d { Filters = 2, Name = "eye" }) }], new Shape(1, 8, 8)));
        Assert.Contains("'stem' (Sequential)", error.Message);
        Assert.Contains("'eye' (Conv2d)", error.Message);
    }

    /// <summary>A function that writes over the normalised numbers must not harm the normalisation's own gradient.</summary>
    [Fact]
    public void ABatchNormWithAnActivationLearnsAsTheTwoLayersDo()
    {
        using var scope = NewDisposeScope();
        var values = rand(6, 3, 4, 4);
        var (one, two) = (values.clone().requires_grad_(true), values.clone().requires_grad_(true));
        using var both = new Model([new BatchNorm { Activation = new ReLU() }], new Shape(3, 4, 4));
        using var apart = new Model([new BatchNorm(), new ReLU()], new Shape(3, 4, 4));
        var weights = rand(6, 3, 4, 4);
        both.Network!.Forward(one, new ForwardContext(training: true)).mul(weights).sum().backward();
        apart.Network!.Forward(two, new ForwardContext(training: true)).mul(weights).sum().backward();
        Assert.Equal(two.grad!.data<float>().ToArray(), one.grad!.data<float>().ToArray());
        Assert.Contains(one.grad.data<float>().ToArray(), gradient => gradient != 0);
    }
}
