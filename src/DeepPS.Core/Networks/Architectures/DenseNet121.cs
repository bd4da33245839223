using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>DenseNet-121: four blocks in which every layer reads the outputs of all earlier layers.</summary>
/// <remarks>7,978,856 parameters for 1,000 classes, torchvision's <c>densenet121</c> with its order of parameters and
/// initial values. Huang, Liu, van der Maaten and Weinberger, Densely Connected Convolutional Networks (2016), the form
/// BC.</remarks>
[CatalogEntry("DenseNet121")]
public sealed record DenseNet121 : ImageClassifier
{
    private const int Growth = 32;
    private static readonly ReLU Relu = new();
    private static readonly ConvStyle Conv = new(new KaimingNormal(), null);

    /// <summary>The dropout probability of each layer's output.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; }

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Conv.Filter(64, 7, 2, 3) with { Name = "conv0" },
        Norm("norm0"),
        new MaxPool2d { Name = "pool0", KernelSize = 3, Stride = 2, Padding = 1 },
        Block(1, 6), Transition(1, 128),
        Block(2, 12), Transition(2, 256),
        Block(3, 24), Transition(3, 512),
        Block(4, 16),
        Norm("norm5"),
        new GlobalAvgPool2d { Name = "avgpool" },
        new Dense { Name = "classifier", Units = Classes, BiasInitializer = new Zeros() },
    ];

    /// <summary>Layers that each append 32 channels to their input.</summary>
    private Repeat Block(int number, int layers)
    {
        List<Layer> added = [Norm(), Conv.Filter(4 * Growth, 1), Norm(), Conv.Filter(Growth, 3, 1, 1)];
        if (Dropout > 0)
            added.Add(new Dropout { Probability = Dropout });
        return new Repeat
        {
            Name = $"denseblock{number}", Times = layers,
            Body = new(new ParallelLayer { Branches = [new(), new(added)] }),
        };
    }

    private static Sequential Transition(int number, int filters) => new()
    {
        Name = $"transition{number}", Body = new(Norm(), Conv.Filter(filters, 1), new AvgPool2d()),
    };

    private static BatchNorm Norm(string? name = null) => new() { Name = name, Activation = Relu };
}
