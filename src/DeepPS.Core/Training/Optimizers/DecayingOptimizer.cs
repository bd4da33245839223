using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>An elementwise rule with weight decay.</summary>
public abstract record DecayingOptimizer : ElementwiseOptimizer
{
    /// <summary>TorchScript: adds the weight decay to the gradients.</summary>
    private protected const string Decay = """
        def decayed(parameters: List[Tensor], gradients: List[Tensor], decay: float) -> List[Tensor]:
            if decay == 0.0:
                return gradients
            return torch._foreach_add(gradients, parameters, alpha=decay)
        """;

    /// <summary>The weight decay: this fraction of each parameter is added to its gradient.</summary>
    [Setting(Minimum = 0)]
    public virtual double WeightDecay { get; init; }

    /// <inheritdoc/>
    internal sealed override ElementwiseOptimizer WithWeightDecay(double decay) => this with { WeightDecay = decay };
}
