using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>U-Net for image segmentation: a class for each pixel.</summary>
/// <remarks>channels x height x width to classes x height x width, sizes divisible by 2^Steps. 31,037,698 parameters
/// for three channels and two classes, 31,031,810 without batch normalisation. Ronneberger, Fischer and Brox, U-Net:
/// Convolutional Networks for Biomedical Image Segmentation (2015), with padding that keeps the size and batch
/// normalization after each convolution.</remarks>
[CatalogEntry("UNet")]
public sealed record UNet : Architecture
{
    /// <summary>The number of classes of a pixel.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 2;

    /// <summary>The number of filters at full size; each step down doubles it.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Filters { get; init; } = 64;

    /// <summary>The number of times the image is halved.</summary>
    [Setting(Minimum = 1, Maximum = 8)]
    public int Steps { get; init; } = 4;

    /// <summary>Whether batch normalization follows each convolution.</summary>
    [Setting]
    public bool BatchNorm { get; init; } = true;

    public override Shape InputShape => new(3, 256, 256);

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var layers = new List<Layer>();
        for (var step = 1; step <= Steps; step++)
        {
            layers.Add(Convolutions($"down{step}", step - 1));
            layers.Add(new MaxPool2d { Name = $"pool{step}" });
        }

        layers.Add(Convolutions("bottom", Steps));
        for (var step = Steps; step >= 1; step--)
        {
            layers.Add(
                new ConvTranspose2d { Name = $"up{step}", Filters = Filters << step - 1, KernelSize = 2, Stride = 2 });
            layers.Add(new Concat { Name = $"join{step}", From = [$"down{step}", $"up{step}"] });
            layers.Add(Convolutions($"merge{step}", step - 1));
        }

        layers.Add(new Conv2d { Name = "classes", Filters = Classes, KernelSize = 1 });
        return layers;
    }

    /// <summary>Two 3x3 convolutions.</summary>
    private Sequential Convolutions(string name, int step)
    {
        var convolution = new Conv2d
        {
            Filters = Filters << step, Padding = 1, Bias = !BatchNorm, Activation = BatchNorm ? null : Relu,
            WeightInitializer = new KaimingNormal(),
        };
        var norm = new BatchNorm { Activation = Relu };
        return new Sequential
        {
            Name = name, Body = BatchNorm ? new(convolution, norm, convolution, norm) : new(convolution, convolution),
        };
    }

    private static ReLU Relu { get; } = new();
}
