using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Errors of the building blocks of published networks; their values have golden tests.</summary>
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
        var body = new LayerList(new Flatten(), new Conv2d { Filters = 2, Name = "eye" });
        var stem = new Sequential { Name = "stem", Body = body };
        var error = Assert.Throws<DlException>(() => new Model([stem], new Shape(1, 8, 8)));
        Assert.Contains("'stem' (Sequential)", error.Message);
        Assert.Contains("'eye' (Conv2d)", error.Message);
    }

    /// <summary>
    /// An activation that overwrites the normalised numbers must not affect the gradient of the norm.
    /// </summary>
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
