using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What the later Inception networks share: images of 299x299, and modules of parallel chains of
/// convolutions.</summary>
public abstract record Inception : ImageClassifier
{
    /// <summary>How probable it is that an input of the classifier becomes 0 while training.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.2;

    public override Shape InputShape => new(3, 299, 299);

    /// <summary>Chains side by side, their channels one behind the other.</summary>
    private protected static ParallelLayer Module(string? name, params LayerList[] branches) =>
        new() { Name = name, Branches = branches };

    /// <summary>Layers as one, under one name.</summary>
    private protected static Sequential Block(string name, LayerList body) => new() { Name = name, Body = body };

    /// <summary>Max pooling that halves the size.</summary>
    private protected static MaxPool2d Pool(string? name = null) => new() { Name = name, KernelSize = 3, Stride = 2 };

    /// <summary>The mean of each place and those around it, as far as they are there.</summary>
    private protected static AvgPool2d MeanPool =>
        new() { KernelSize = 3, Stride = 1, Padding = 1, CountIncludePad = false };

    /// <summary>The end: each channel's mean, dropout, and a Dense layer for the classes.</summary>
    private protected IEnumerable<Layer> Classifier(Initializer weights) =>
    [
        new GlobalAvgPool2d { Name = "avgpool" },
        new Dropout { Name = "dropout", Probability = Dropout },
        new Dense { Name = "fc", Units = Classes, WeightInitializer = weights },
    ];
}
