using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Applies an activation function by name: Activation ReLU is the same as the layer ReLU.</summary>
/// <remarks>Any shape that the function accepts; unchanged.</remarks>
[CatalogEntry("Activation")]
public sealed record ActivationLayer : UnaryLayer
{
    /// <summary>The function.</summary>
    [Setting(Position = 0, Required = true)]
    public Activation Function { get; init; } = new ReLU();

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input) => Function.OutputShape([input]);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        Function.BuildFunction(builder, overwrite: false);
}
