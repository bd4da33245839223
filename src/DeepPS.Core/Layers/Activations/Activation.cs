using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>An activation function: a layer, and a setting of other layers (<c>Dense 64 -Activation ReLU</c>). Most
/// have neither parameters nor chance: see <see cref="FixedActivation"/>.</summary>
[CatalogBase(CatalogKind.Activation)]
public abstract record Activation : UnaryLayer
{
    /// <summary>Makes the function at its place in a network.</summary>
    /// <param name="builder">What makes its parameters, where it has some, and tells the shape that comes in.</param>
    /// <param name="overwrite">Whether the function may write over what comes in: nothing else reads it then, and the
    /// layer that made it does not need it for its own gradient, as linear maps, convolutions and normalisations do
    /// not.</param>
    protected internal abstract Func<Tensor, ForwardContext, Tensor> BuildFunction(LayerBuilder builder,
        bool overwrite);

    protected override Shape OutputShape(Shape input) => input;

    protected sealed override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        BuildFunction(builder, overwrite: false);
}
