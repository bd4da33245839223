using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class SpecialLayerTests
{
    [Theory]
    [InlineData("KWinners", "Winners", 0)]
    [InlineData("SpatialTransformer", "Body", null)]
    [InlineData("SpatialTransformer", "OutputSize", "0x3")]
    [InlineData("SpatialTransformer", "OutputSize", "2x3x4")]
    public void SettingsThatCannotWorkAreRefusedAtOnce(string name, string setting, object? value)
    {
        KeyValuePair<string, object?> given = new(setting, value ?? new LayerList());
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>(name,
            setting == "OutputSize" ? [new("Body", "Flatten"), given] : [given]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains($"{setting} must be", error.Message);
    }

    [Fact]
    public void ShapesThatCannotWorkAreRefused()
    {
        Assert.Contains("Winners (7)", Assert.Throws<ShapeException>(
            () => new KWinners { Winners = 7 }.OutputShape([new Shape(2, 3)])).Expected);
        var transformer = new SpatialTransformer { Body = new LayerList(new Conv2d { Filters = 2 }) };
        Assert.Contains("channels x height x width", Assert.Throws<ShapeException>(
            () => transformer.OutputShape([new Shape(28, 28)])).Expected);
        Assert.Contains("a height of 3 or more", Assert.Throws<ShapeException>(
            () => transformer.OutputShape([new Shape(1, 2, 9)])).Expected);
    }

    [Fact]
    public void KWinnersKeepsExactlyKEvenWhereNumbersAreEqual()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new KWinners { Winners = 3 }, new Shape(2, 4));
        var output = layer.Forward(ones(5, 2, 4));
        Assert.Equal([3f, 3, 3, 3, 3], output.sum([1, 2]).data<float>().ToArray());
    }

    [Fact]
    public void ANewSpatialTransformerGivesTheImageBack()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(
            new SpatialTransformer { Body = new LayerList(new Flatten()) }, new Shape(2, 5, 7));
        var image = rand(3, 2, 5, 7);
        Assert.True(image.allclose(layer.Forward(image), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData("5", "time x features")]
    [InlineData("2x3x4", "time x features")]
    public void PositionalEncodingWantsASequence(string shape, string wants) =>
        Assert.Contains(wants, Assert.Throws<ShapeException>(
            () => new PositionalEncoding().OutputShape([Shape.FromSetting(shape)])).Expected);
}
