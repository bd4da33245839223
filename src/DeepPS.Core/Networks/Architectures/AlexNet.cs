using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>AlexNet: five convolutions and three Dense layers.</summary>
/// <remarks>61,100,840 parameters for 1,000 classes. Krizhevsky, Sutskever and Hinton, ImageNet Classification with
/// Deep Convolutional Neural Networks (2012), in the one-device form of Krizhevsky, One Weird Trick (2014),
/// torchvision's <c>alexnet</c>. Images of any size are pooled to 6x6.</remarks>
[CatalogEntry("AlexNet")]
public sealed record AlexNet : ImageClassifier
{
    private static readonly ReLU Relu = new();

    /// <summary>The dropout probability before each hidden Dense layer.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.5;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new Conv2d { Name = "conv1", Filters = 64, KernelSize = 11, Stride = 4, Padding = 2, Activation = Relu },
        new MaxPool2d { Name = "pool1", KernelSize = 3, Stride = 2 },
        new Conv2d { Name = "conv2", Filters = 192, KernelSize = 5, Padding = 2, Activation = Relu },
        new MaxPool2d { Name = "pool2", KernelSize = 3, Stride = 2 },
        new Conv2d { Name = "conv3", Filters = 384, Padding = 1, Activation = Relu },
        new Conv2d { Name = "conv4", Filters = 256, Padding = 1, Activation = Relu },
        new Conv2d { Name = "conv5", Filters = 256, Padding = 1, Activation = Relu },
        new MaxPool2d { Name = "pool5", KernelSize = 3, Stride = 2 },
        new AdaptiveAvgPool2d { Name = "avgpool", OutputSize = 6 },
        new Flatten { Name = "flatten" },
        new Dropout { Name = "dropout6", Probability = Dropout },
        new Dense { Name = "fc6", Units = 4096, Activation = Relu },
        new Dropout { Name = "dropout7", Probability = Dropout },
        new Dense { Name = "fc7", Units = 4096, Activation = Relu },
        new Dense { Name = "fc8", Units = Classes },
    ];
}
