using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Images in memory format channels last.</summary>
public class ChannelsLastTests
{
    [Fact]
    public void ValuesAndGradientsAreTheSameInAnotherOrder()
    {
        using var scope = NewDisposeScope();
        var images = arange(2 * 3 * 4 * 5, ScalarType.Float32).reshape(2, 3, 4, 5).requires_grad_();
        var other = ChannelsLast.Of(images);
        Assert.Equal(1, other.stride(1));
        Assert.Equal(images.shape, other.shape);
        Assert.True(images.eq(other).all().ToBoolean());
        Assert.Same(other, ChannelsLast.Of(other));
        other.mul(images.detach()).sum().backward();
        Assert.True(images.grad!.eq(images.detach()).all().ToBoolean());
    }

    [Fact]
    public void GreyImagesAreAViewInThatOrder()
    {
        using var scope = NewDisposeScope();
        var grey = arange(2 * 4 * 5, ScalarType.Float32).reshape(2, 1, 4, 5).requires_grad_();
        var other = ChannelsLast.Of(grey);
        Assert.Equal([20, 1, 5, 1], other.stride());
        Assert.Equal(grey.shape, other.shape);
        Assert.True(grey.eq(other).all().ToBoolean());
        other.mul(grey.detach()).sum().backward();
        Assert.True(grey.grad!.eq(grey.detach()).all().ToBoolean());
    }

    [Fact]
    public void OtherNumbersStayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var exact = ones(2, 3, 4, 5, dtype: ScalarType.Float64);
        Assert.Same(exact, ChannelsLast.Of(exact));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AConvolutionGivesImagesInThatOrder(int channels)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new Conv2d { Filters = 4, KernelSize = 3 }, new Shape(channels, 8, 8));
        var output = layer.Forward([rand(2, channels, 8, 8)], ForwardContext.Inference);
        Assert.Equal(1, output.stride(1));
    }
}
