using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// An activation function: a layer without parameters whose output has its input's shape, and a setting of other layers
/// (<c>Dense 64 -Activation ReLU</c>).
/// </summary>
public abstract record Activation : UnaryLayer
{
    /// <summary>Applies the function to every value of a tensor.</summary>
    public abstract Tensor Apply(Tensor input);

    /// <summary>
    /// Applies the function to a tensor that nothing else reads: it may write over it. The layer that made it must not
    /// need it for its own gradient, as linear maps, convolutions and normalisations do not.
    /// </summary>
    public virtual Tensor ApplyInPlace(Tensor input) => Apply(input);

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected sealed override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (x, _) => Apply(x);
}
