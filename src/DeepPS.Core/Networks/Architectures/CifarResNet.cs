using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>ResNet for CIFAR images with 20, 32, 44, 56, 110 or 1202 layers, optionally pre-activated.</summary>
/// <remarks>269,722 parameters at 20 layers, 853,018 at 56, 1,727,962 at 110, 19,421,274 at 1202, for ten classes. He
/// and others (2015). Pre-activation and bottlenecks (164 and 1001 layers, with projection shortcuts where the shape
/// changes) are from the same authors' Identity Mappings in Deep Residual Networks (2016).</remarks>
[CatalogEntry("CifarResNet", "ResNetCifar")]
public sealed record CifarResNet : CifarResidualNetwork
{
    private static readonly BatchNorm Norm = new() { Activation = Relu };

    /// <summary>The number of layers: 6 n + 2, or 9 n + 2 with bottlenecks.</summary>
    [Setting(Position = 0, Minimum = 8)]
    public int Depth { get; init; } = 20;

    /// <summary>Whether normalization and activation are before each convolution instead of after it.</summary>
    [Setting]
    public bool PreActivation { get; init; }

    /// <summary>Whether a block has convolutions 1x1, 3x3 and 1x1 (four times the filters) instead of two
    /// 3x3.</summary>
    [Setting]
    public bool Bottleneck { get; init; }

    protected internal override void Validate()
    {
        if ((Depth - 2) % LayersInAStage != 0)
            throw SettingProblem.Of(this, nameof(Depth), Bottleneck
                ? "9 n + 2 layers, such as 29, 164 or 1001" : "6 n + 2 layers, such as 20, 32, 44, 56, 110 or 1202",
                Depth);
    }

    private int LayersInAStage => Bottleneck ? 9 : 6;

    private protected override int BlocksInAStage => (Depth - 2) / LayersInAStage;

    private protected override LayerList Stem => PreActivation ? new(Conv.Filter(16, 3, 1, 1)) : base.Stem;

    private protected override IEnumerable<Layer> End => PreActivation ? [Norm with { Name = "bn" }] : [];

    private protected override Layer Block(string name, int number, int filters, int stride)
    {
        var changes = stride > 1 || Bottleneck && number == 0;
        var shortcut = Shortcut(filters, stride, changes);
        if (!PreActivation)
            return new Residual { Name = name, Body = After(filters, stride), Shortcut = shortcut, Activation = Relu };
        var body = Before(filters, stride);
        return changes
            ? new Sequential { Name = name, Body = new(Norm, new Residual { Body = body, Shortcut = shortcut }) }
            : new Residual { Name = name, Body = new([Norm, .. body]) };
    }

    /// <summary>Convolutions, each followed by normalization.</summary>
    private LayerList After(int filters, int stride) => Bottleneck
        ? new([.. Conv.Of(filters, 1), .. Conv.Same(filters, 3, stride), .. Linear.Of(4 * filters, 1)])
        : new([.. Conv.Same(filters, 3, stride), .. Linear.Same(filters, 3)]);

    /// <summary>Convolutions, each but the first preceded by normalization.</summary>
    private LayerList Before(int filters, int stride) => Bottleneck
        ? new(Conv.Filter(filters, 1), Norm, Conv.Filter(filters, 3, stride, 1), Norm, Conv.Filter(4 * filters, 1))
        : new(Conv.Filter(filters, 3, stride, 1), Norm, Conv.Filter(filters, 3, 1, 1));

    private LayerList Shortcut(int filters, int stride, bool changes) =>
        !changes ? new()
        : !Bottleneck ? HalvingShortcut(filters)
        : PreActivation ? new(Conv.Filter(4 * filters, 1, stride))
        : Linear.Of(4 * filters, 1, stride);
}
