using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Inception-ResNet v2: Inception modules with scaled residual connections.</summary>
/// <remarks>55,843,464 parameters for 1,000 classes. Szegedy, Ioffe, Vanhoucke and Alemi, Inception-v4,
/// Inception-ResNet and the Impact of Residual Connections on Learning (2016), with the sizes, factors, epsilon and
/// initial values of its authors' code; average pooling leaves padding out.</remarks>
[CatalogEntry("InceptionResNetV2")]
public sealed record InceptionResNetV2 : Inception
{
    private static readonly ConvStyle Conv = new(new KaimingNormal(), new ReLU(), 1e-3);

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Block("conv1a", Conv.Of(32, 3, 2)),
        Block("conv2a", Conv.Of(32, 3)),
        Block("conv2b", Conv.Same(64, 3)),
        Pool("pool3"),
        Block("conv3b", Conv.Of(80, 1)),
        Block("conv4a", Conv.Of(192, 3)),
        Pool("pool5"),
        Module("mixed5b",
            Conv.Of(96, 1),
            new([.. Conv.Of(48, 1), .. Conv.Same(64, 5)]),
            new([.. Conv.Of(64, 1), .. Conv.Same(96, 3), .. Conv.Same(96, 3)]),
            new([MeanPool, .. Conv.Of(64, 1)])),
        .. Times(10, "block35", 0.17, 320,
            Conv.Of(32, 1),
            new([.. Conv.Of(32, 1), .. Conv.Same(32, 3)]),
            new([.. Conv.Of(32, 1), .. Conv.Same(48, 3), .. Conv.Same(64, 3)])),
        Module("mixed6a",
            Conv.Of(384, 3, 2),
            new([.. Conv.Of(256, 1), .. Conv.Same(256, 3), .. Conv.Of(384, 3, 2)]),
            new(Pool())),
        .. Times(20, "block17", 0.1, 1088,
            Conv.Of(192, 1),
            new([.. Conv.Of(128, 1), .. Conv.Same(160, new(1, 7)), .. Conv.Same(192, new(7, 1))])),
        Module("mixed7a",
            new([.. Conv.Of(256, 1), .. Conv.Of(384, 3, 2)]),
            new([.. Conv.Of(256, 1), .. Conv.Of(288, 3, 2)]),
            new([.. Conv.Of(256, 1), .. Conv.Same(288, 3), .. Conv.Of(320, 3, 2)]),
            new(Pool())),
        .. Times(9, "block8", 0.2, 2080, Branches8),
        Residual("block8.10", 1, 2080, Branches8) with { Activation = null },
        Block("conv7b", Conv.Of(1536, 1)),
        .. Classifier(Conv.Weights),
    ];

    private static LayerList[] Branches8 =>
        [Conv.Of(192, 1), new([.. Conv.Of(192, 1), .. Conv.Same(224, new(1, 3)), .. Conv.Same(256, new(3, 1))])];

    private static IEnumerable<Layer> Times(int times, string name, double scale, int channels,
        params LayerList[] branches) =>
        Enumerable.Range(1, times).Select(i => Residual($"{name}.{i}", scale, channels, branches));

    /// <summary>A module with a 1x1 convolution to the input's channels, added to the input.</summary>
    private static Residual Residual(string name, double scale, int channels, params LayerList[] branches) => new()
    {
        Name = name, Scale = scale, Activation = new ReLU(),
        Body = new(Module(null, branches),
            new Conv2d { Filters = channels, KernelSize = 1, WeightInitializer = Conv.Weights }),
    };
}
