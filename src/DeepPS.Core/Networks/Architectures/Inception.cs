using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of the later Inception networks: images of 299x299, modules of parallel branches of
/// convolutions.</summary>
public abstract record Inception : ImageClassifier
{
    /// <summary>The dropout probability before the classifier.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.2;

    public override Shape InputShape => new(3, 299, 299);

    /// <summary>Parallel branches with concatenated channels.</summary>
    private protected static ParallelLayer Module(string? name, params LayerList[] branches) =>
        new() { Name = name, Branches = branches };

    /// <summary>Several layers under one name.</summary>
    private protected static Sequential Block(string name, LayerList body) => new() { Name = name, Body = body };

    /// <summary>Max pooling that halves the size.</summary>
    private protected static MaxPool2d Pool(string? name = null) => new() { Name = name, KernelSize = 3, Stride = 2 };

    /// <summary>3x3 average pooling that leaves padding out of the mean.</summary>
    private protected static AvgPool2d MeanPool =>
        new() { KernelSize = 3, Stride = 1, Padding = 1, CountIncludePad = false };

    /// <summary>Global average pooling, dropout, and a Dense layer for the classes.</summary>
    private protected IEnumerable<Layer> Classifier(Initializer weights) =>
    [
        new GlobalAvgPool2d { Name = "avgpool" },
        new Dropout { Name = "dropout", Probability = Dropout },
        new Dense { Name = "fc", Units = Classes, WeightInitializer = weights },
    ];
}
