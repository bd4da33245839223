using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>An activation function: a layer, and a setting of other layers (<c>Dense 64 -Activation ReLU</c>). Most
/// have no parameters and are deterministic: see <see cref="FixedActivation"/>.</summary>
[CatalogBase(CatalogKind.Activation)]
public abstract record Activation : UnaryLayer
{
    /// <summary>Builds the function for its place in a network.</summary>
    /// <param name="builder">Makes the function's parameters, if any, and gives the input shape.</param>
    /// <param name="overwrite">Whether the function may overwrite its input. If true, nothing else reads the input, and
    /// the layer that made it does not need it for its own gradient (true for linear maps, convolutions and
    /// normalizations).</param>
    protected internal abstract Func<Tensor, ForwardContext, Tensor> BuildFunction(LayerBuilder builder,
        bool overwrite);

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    protected override Shape OutputShape(Shape input) => input;

    protected sealed override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        BuildFunction(builder, overwrite: false);
}
