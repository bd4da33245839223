using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Multiplies all numbers by Scale and adds Offset.</summary>
/// <remarks>Any shape, kept. Keras' <c>Rescaling</c>.</remarks>
[CatalogEntry("Rescale", "Rescaling")]
public sealed record Rescale : UnaryLayer
{
    /// <summary>The factor.</summary>
    [Setting(Position = 0)]
    public double Scale { get; init; } = 1;

    /// <summary>The number added after scaling.</summary>
    [Setting(Position = 1)]
    public double Offset { get; init; }

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input) => input;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, _) => Offset == 0 ? x.mul(Scale) : x.mul(Scale).add_(Offset);
}
