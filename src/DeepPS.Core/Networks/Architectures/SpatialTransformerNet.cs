using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Small network for gray images that starts with a spatial transformer.</summary>
/// <remarks>1x28x28 to a logit for each class; 27,360 parameters for ten, the sizes of PyTorch's tutorial. Jaderberg,
/// Simonyan, Zisserman and Kavukcuoglu, Spatial Transformer Networks (2015).</remarks>
[CatalogEntry("SpatialTransformerNet")]
public sealed record SpatialTransformerNet : Architecture
{
    private static readonly ReLU Relu = new();

    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 10;

    /// <summary>The dropout probability of channels and of hidden units.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.5;

    public override Shape InputShape => new(1, 28, 28);

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new SpatialTransformer
        {
            Name = "transformer",
            Body = new(
                new Conv2d { Filters = 8, KernelSize = 7, Activation = Relu },
                new MaxPool2d(),
                new Conv2d { Filters = 10, KernelSize = 5, Activation = Relu },
                new MaxPool2d(),
                new Flatten(),
                new Dense { Units = 32, Activation = Relu }),
        },
        new Conv2d { Name = "conv1", Filters = 10, KernelSize = 5, Activation = Relu },
        new MaxPool2d { Name = "pool1" },
        new Conv2d { Name = "conv2", Filters = 20, KernelSize = 5, Activation = Relu },
        new Dropout2d { Name = "dropout1", Probability = Dropout },
        new MaxPool2d { Name = "pool2" },
        new Flatten { Name = "flatten" },
        new Dense { Name = "fc1", Units = 50, Activation = Relu },
        new Dropout { Name = "dropout2", Probability = Dropout },
        new Dense { Name = "fc2", Units = Classes },
    ];
}
