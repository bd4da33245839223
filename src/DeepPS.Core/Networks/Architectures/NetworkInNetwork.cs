using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Network in Network for CIFAR images: each convolution is followed by two 1x1 convolutions; no Dense
/// layers.</summary>
/// <remarks>966,986 parameters for ten classes, in the form for CIFAR-10. Lin, Chen and Yan, Network In Network (2013),
/// with global average pooling of one map per class.</remarks>
[CatalogEntry("NetworkInNetwork", "NIN")]
public sealed record NetworkInNetwork : Architecture
{
    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 10;

    /// <summary>The dropout probability after the first and the second block.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.5;

    public override Shape InputShape => new(3, 32, 32);

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Conv("conv1", 192, 5), Conv("cccp1", 160, 1), Conv("cccp2", 96, 1),
        new MaxPool2d { Name = "pool1", KernelSize = 3, Stride = 2, Padding = 1 },
        new Dropout { Name = "dropout1", Probability = Dropout },
        Conv("conv2", 192, 5), Conv("cccp3", 192, 1), Conv("cccp4", 192, 1),
        new AvgPool2d { Name = "pool2", KernelSize = 3, Stride = 2, Padding = 1 },
        new Dropout { Name = "dropout2", Probability = Dropout },
        Conv("conv3", 192, 3), Conv("cccp5", 192, 1), Conv("cccp6", Classes, 1),
        new GlobalAvgPool2d { Name = "avgpool" },
    ];

    private static Conv2d Conv(string name, int filters, int kernel) => new()
    {
        Name = name, Filters = filters, KernelSize = kernel, Padding = kernel / 2, Activation = new ReLU(),
        WeightInitializer = new Normal { StandardDeviation = 0.05 }, BiasInitializer = new Zeros(),
    };
}
