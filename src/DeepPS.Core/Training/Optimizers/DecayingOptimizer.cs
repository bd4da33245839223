using static TorchSharp.torch;

namespace DeepPS;

/// <summary>An elementwise rule with weight decay.</summary>
public abstract record DecayingOptimizer : ElementwiseOptimizer
{
    /// <summary>How much of each parameter is added to its gradient, which draws it to 0.</summary>
    [Setting(Minimum = 0)]
    public virtual double WeightDecay { get; init; }

    /// <summary>The gradient with the decay in it.</summary>
    private protected Tensor Decayed(Tensor gradient, Tensor parameter) =>
        WeightDecay == 0 ? gradient : gradient.add(parameter, WeightDecay);

    /// <inheritdoc/>
    internal sealed override ElementwiseOptimizer WithWeightDecay(double decay) => this with { WeightDecay = decay };
}
