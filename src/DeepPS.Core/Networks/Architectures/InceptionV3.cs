using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Inception v3: large filters factorized into chains of small ones, and an auxiliary head for
/// training.</summary>
/// <remarks>27,161,264 parameters for 1,000 classes with its head, torchvision's <c>inception_v3</c> with its order of
/// parameters. The head needs images of about 299x299; without it 75x75 do. Szegedy, Vanhoucke, Ioffe, Shlens and
/// Wojna, Rethinking the Inception Architecture for Computer Vision (2015).</remarks>
[CatalogEntry("InceptionV3")]
public sealed record InceptionV3 : Inception
{
    private static readonly TruncatedNormal Weights = new() { StandardDeviation = 0.1 };
    private static readonly ConvStyle Conv = new(Weights, new ReLU(), 1e-3);

    /// <summary>Sets torchvision's dropout.</summary>
    public InceptionV3() => Dropout = 0.5;

    /// <summary>The weight of the auxiliary head in the loss; 0 removes the head.</summary>
    [Setting(Minimum = 0)]
    public double AuxiliaryWeight { get; init; } = 0.4;

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        Block("conv1a", Conv.Of(32, 3, 2)),
        Block("conv2a", Conv.Of(32, 3)),
        Block("conv2b", Conv.Same(64, 3)),
        Pool("pool2"),
        Block("conv3b", Conv.Of(80, 1)),
        Block("conv4a", Conv.Of(192, 3)),
        Pool("pool4"),
        ModuleA("mixed5b", 32), ModuleA("mixed5c", 64), ModuleA("mixed5d", 64),
        ReductionA("mixed6a"),
        ModuleB("mixed6b", 128), ModuleB("mixed6c", 160), ModuleB("mixed6d", 160), ModuleB("mixed6e", 192),
        .. AuxiliaryWeight > 0 ? new[] { Head() } : [],
        ReductionB("mixed7a") with { From = ["mixed6e"] },
        ModuleC("mixed7b"), ModuleC("mixed7c"),
        .. Classifier(Weights),
    ];

    private static ParallelLayer ModuleA(string name, int pooled) => Module(name,
        Conv.Of(64, 1),
        new([.. Conv.Of(48, 1), .. Conv.Same(64, 5)]),
        new([.. Conv.Of(64, 1), .. Conv.Same(96, 3), .. Conv.Same(96, 3)]),
        Pooled(pooled));

    private static ParallelLayer ReductionA(string name) => Module(name,
        Conv.Of(384, 3, 2),
        new([.. Conv.Of(64, 1), .. Conv.Same(96, 3), .. Conv.Of(96, 3, 2)]),
        new(Pool()));

    private static ParallelLayer ModuleB(string name, int inside) => Module(name,
        Conv.Of(192, 1),
        new([.. Conv.Of(inside, 1), .. Conv.Same(inside, new(1, 7)), .. Conv.Same(192, new(7, 1))]),
        new(
        [
            .. Conv.Of(inside, 1), .. Conv.Same(inside, new(7, 1)), .. Conv.Same(inside, new(1, 7)),
            .. Conv.Same(inside, new(7, 1)), .. Conv.Same(192, new(1, 7)),
        ]),
        Pooled(192));

    private static ParallelLayer ReductionB(string name) => Module(name,
        new([.. Conv.Of(192, 1), .. Conv.Of(320, 3, 2)]),
        new([.. Conv.Of(192, 1), .. Conv.Same(192, new(1, 7)), .. Conv.Same(192, new(7, 1)), .. Conv.Of(192, 3, 2)]),
        new(Pool()));

    private static ParallelLayer ModuleC(string name) => Module(name,
        Conv.Of(320, 1),
        new([.. Conv.Of(384, 1), Fork()]),
        new([.. Conv.Of(448, 1), .. Conv.Same(384, 3), Fork()]),
        Pooled(192));

    private static ParallelLayer Fork() => Module(null, Conv.Same(384, new(1, 3)), Conv.Same(384, new(3, 1)));

    private static LayerList Pooled(int filters) =>
        new([new AvgPool2d { KernelSize = 3, Stride = 1, Padding = 1 }, .. Conv.Of(filters, 1)]);

    private Sequential Head()
    {
        var last = Conv with { Weights = new TruncatedNormal { StandardDeviation = 0.01 } };
        var head = Block("aux", new(
        [
            new AvgPool2d { KernelSize = 5, Stride = 3 },
            .. Conv.Of(128, 1),
            .. last.Of(768, 5),
            new GlobalAvgPool2d(),
            new Dense { Units = Classes, WeightInitializer = new TruncatedNormal { StandardDeviation = 0.001 } },
        ]));
        return head with { OutputWeight = AuxiliaryWeight };
    }
}
