using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A deterministic activation function without parameters.</summary>
public abstract record FixedActivation : Activation
{
    /// <summary>Applies the function to every value of a tensor.</summary>
    public abstract Tensor Apply(Tensor input);

    /// <summary>Applies the function to a tensor that nothing else reads and that may be overwritten.</summary>
    public virtual Tensor ApplyInPlace(Tensor input) => Apply(input);

    /// <summary>Whether it sums many numbers or computes powers, which bfloat16 is too coarse for.</summary>
    private protected virtual bool Sums => false;

    protected internal sealed override Func<Tensor, ForwardContext, Tensor> BuildFunction(LayerBuilder builder,
        bool overwrite) =>
        Sums ? (x, context) => Apply(context.ForSum(x)) : overwrite ? (x, _) => ApplyInPlace(x) : (x, _) => Apply(x);
}
