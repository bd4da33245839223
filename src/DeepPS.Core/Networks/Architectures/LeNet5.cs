using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>LeNet-5 for small gray images, with ReLU and max pooling.</summary>
/// <remarks>1x28x28 to classes; 61,706 parameters for ten. After LeCun, Bottou, Bengio and Haffner, Gradient-Based
/// Learning Applied to Document Recognition (1998), who used tanh, trained average pooling and a connection
/// table.</remarks>
[CatalogEntry("LeNet5", "LeNet")]
public sealed record LeNet5 : Architecture
{
    /// <summary>The number of classes.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Classes { get; init; } = 10;

    public override Shape InputShape => new(1, 28, 28);

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var relu = new ReLU();
        return
        [
            new Conv2d { Filters = 6, KernelSize = 5, Padding = 2, Activation = relu },
            new MaxPool2d(),
            new Conv2d { Filters = 16, KernelSize = 5, Activation = relu },
            new MaxPool2d(),
            new Flatten(),
            new Dense { Units = 120, Activation = relu },
            new Dense { Units = 84, Activation = relu },
            new Dense { Units = Classes },
        ];
    }
}
