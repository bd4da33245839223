using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Adam whose step of each parameter is as long as the parameter itself, times the learning rate: for large batches.
/// </summary>
/// <remarks>
/// With the bias-corrected moments m and v of Adam, r = m / (sqrt(v) + Epsilon) + WeightDecay w and w -= rate (|w| /
/// |r|) r, where |.| is the norm over the parameter; if either norm is 0 the ratio is 1. From You and others, Large
/// Batch Optimization for Deep Learning (2020), algorithm 2, without a limit of the norm.
/// </remarks>
[CatalogEntry("LAMB")]
public sealed record LAMB : TensorOptimizer
{
    private static readonly TorchScript Rule = new("""
        def run(parameter: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, beta1: float, beta2: float,
                correction1: float, correction2: float, epsilon: float, decay: float, rate: float) -> None:
            mean.mul_(beta1).add_(gradient, alpha=1.0 - beta1)
            square.mul_(beta2).addcmul_(gradient, gradient, value=1.0 - beta2)
            step = (mean / correction1) / ((square / correction2).sqrt() + epsilon) + decay * parameter
            long, short = parameter.norm(), step.norm()
            ratio = torch.where((long > 0) & (short > 0), long / short, torch.ones_like(long))
            parameter.sub_(rate * ratio * step)
        """);

    /// <summary>The fraction of the mean gradient that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The fraction of the mean squared gradient that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the divisor, to avoid division by zero.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames(Parameter parameter) => ["exp_avg", "exp_avg_sq"];

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Beta1 == 1)
            throw SettingProblem.Of(this, nameof(Beta1), "a number below 1", Beta1);
        if (Beta2 == 1)
            throw SettingProblem.Of(this, nameof(Beta2), "a number below 1", Beta2);
    }

    /// <inheritdoc/>
    public override void Update(Parameter parameter, Tensor gradient, Tensor[] state, TensorRuleStep step) =>
        Rule.Run(parameter.Value, gradient, state[0], state[1], Beta1, Beta2, 1 - Math.Pow(Beta1, step.Number),
            1 - Math.Pow(Beta2, step.Number), Epsilon, WeightDecay, LearningRate * step.Factor);
}
