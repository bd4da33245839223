using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Inception v4: more modules than Inception v3, and uniform ones.</summary>
/// <remarks>42,679,816 parameters for 1,000 classes. Szegedy, Ioffe, Vanhoucke and Alemi, Inception-v4,
/// Inception-ResNet and the Impact of Residual Connections on Learning (2016), with its authors' epsilon and initial
/// values; average pooling leaves padding out.</remarks>
[CatalogEntry("InceptionV4")]
public sealed record InceptionV4 : Inception
{
    private static readonly ConvStyle Conv = new(new KaimingNormal(), new ReLU(), 1e-3);

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Block("conv1a", Conv.Of(32, 3, 2)),
        Block("conv2a", Conv.Of(32, 3)),
        Block("conv2b", Conv.Same(64, 3)),
        Module("mixed3a", new(Pool()), Conv.Of(96, 3, 2)),
        Module("mixed4a",
            new([.. Conv.Of(64, 1), .. Conv.Of(96, 3)]),
            new([.. Conv.Of(64, 1), .. Conv.Same(64, new(1, 7)), .. Conv.Same(64, new(7, 1)), .. Conv.Of(96, 3)])),
        Module("mixed5a", Conv.Of(192, 3, 2), new(Pool())),
        .. "bcde".Select(letter => ModuleA($"mixed5{letter}")),
        Module("mixed6a",
            Conv.Of(384, 3, 2),
            new([.. Conv.Of(192, 1), .. Conv.Same(224, 3), .. Conv.Of(256, 3, 2)]),
            new(Pool())),
        .. "bcdefgh".Select(letter => ModuleB($"mixed6{letter}")),
        Module("mixed7a",
            new([.. Conv.Of(192, 1), .. Conv.Of(192, 3, 2)]),
            new([.. Conv.Of(256, 1), .. Conv.Same(256, new(1, 7)), .. Conv.Same(320, new(7, 1)),
                .. Conv.Of(320, 3, 2)]),
            new(Pool())),
        .. "bcd".Select(letter => ModuleC($"mixed7{letter}")),
        .. Classifier(Conv.Weights),
    ];

    private static ParallelLayer ModuleA(string name) => Module(name,
        Conv.Of(96, 1),
        new([.. Conv.Of(64, 1), .. Conv.Same(96, 3)]),
        new([.. Conv.Of(64, 1), .. Conv.Same(96, 3), .. Conv.Same(96, 3)]),
        Pooled(96));

    private static ParallelLayer ModuleB(string name) => Module(name,
        Conv.Of(384, 1),
        new([.. Conv.Of(192, 1), .. Conv.Same(224, new(1, 7)), .. Conv.Same(256, new(7, 1))]),
        new(
        [
            .. Conv.Of(192, 1), .. Conv.Same(192, new(7, 1)), .. Conv.Same(224, new(1, 7)),
            .. Conv.Same(224, new(7, 1)), .. Conv.Same(256, new(1, 7)),
        ]),
        Pooled(128));

    private static ParallelLayer ModuleC(string name) => Module(name,
        Conv.Of(256, 1),
        new([.. Conv.Of(384, 1), Fork()]),
        new([.. Conv.Of(384, 1), .. Conv.Same(448, new(3, 1)), .. Conv.Same(512, new(1, 3)), Fork()]),
        Pooled(256));

    private static ParallelLayer Fork() => Module(null, Conv.Same(256, new(1, 3)), Conv.Same(256, new(3, 1)));

    private static LayerList Pooled(int filters) => new([MeanPool, .. Conv.Of(filters, 1)]);
}
