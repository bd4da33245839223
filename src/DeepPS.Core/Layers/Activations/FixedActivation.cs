using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>An activation function without parameters and without chance.</summary>
public abstract record FixedActivation : Activation
{
    /// <summary>Applies the function to every value of a tensor.</summary>
    public abstract Tensor Apply(Tensor input);

    /// <summary>Applies the function to a tensor that nothing else reads: it may write over it.</summary>
    public virtual Tensor ApplyInPlace(Tensor input) => Apply(input);

    /// <summary>Whether it sums over many places or raises to powers, for which few digits are too few.</summary>
    private protected virtual bool Sums => false;

    protected internal sealed override Func<Tensor, ForwardContext, Tensor> BuildFunction(LayerBuilder builder,
        bool overwrite) =>
        Sums ? (x, context) => Apply(context.ForSum(x)) : overwrite ? (x, _) => ApplyInPlace(x) : (x, _) => Apply(x);
}
