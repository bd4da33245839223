using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Momentum whose step of each weight matrix is made orthogonal, so that all directions are learned at the same rate;
/// vectors and embeddings take AdamW's steps.
/// </summary>
/// <remarks>
/// The step of a matrix is U V' of its momentum's singular value decomposition U S V', approximately, by the quintic
/// Newton-Schulz iteration, times sqrt(max(1, rows / columns)). A weight of more axes counts as a matrix (first axis,
/// all others). From Jordan and others, Muon: An optimizer for hidden layers in neural networks (2024); PyTorch's
/// <c>optim.Muon</c>, in float32. Jordan gives the output layer to AdamW too; here it is a matrix like the others.
/// </remarks>
[CatalogEntry("Muon")]
public sealed record Muon : TensorOptimizer
{
    /// <remarks>The coefficients are Jordan's: they bring singular values between 0.7 and 1.2 in five iterations.
    /// </remarks>
    private static readonly TorchScript Rule = new("""
        def orthogonal(matrix: Tensor, iterations: int) -> Tensor:
            wide = matrix.size(0) <= matrix.size(1)
            x = matrix if wide else matrix.t()
            x = x / x.norm().clamp(min=1e-7)
            for _ in range(iterations):
                a = x.mm(x.t())
                x = 3.4445 * x + (-4.7750 * a + 2.0315 * a.mm(a)).mm(x)
            return x if wide else x.t()

        def run(parameter: Tensor, gradient: Tensor, momentum: Tensor, kept: float, nesterov: bool,
                iterations: float, decay: float, rate: float) -> None:
            momentum.lerp_(gradient, 1.0 - kept)
            step = gradient.lerp(momentum, kept) if nesterov else momentum
            matrix = step.reshape([step.size(0), -1])
            longer = max(1.0, float(matrix.size(0)) / float(matrix.size(1))) ** 0.5
            parameter.mul_(1.0 - rate * decay)
            parameter.sub_(rate * longer * orthogonal(matrix, int(iterations)).view_as(parameter))
        """);

    /// <summary>Creates it with its default learning rate.</summary>
    public Muon() => LearningRate = 0.02;

    /// <summary>The fraction of the momentum that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Momentum { get; init; } = 0.95;

    /// <summary>Whether to use Nesterov momentum.</summary>
    [Setting]
    public bool Nesterov { get; init; } = true;

    /// <summary>The number of Newton-Schulz iterations in a step.</summary>
    [Setting(Minimum = 1)]
    public int Iterations { get; init; } = 5;

    /// <summary>The learning rate of vectors and embeddings, which take AdamW's steps.</summary>
    [Setting(Minimum = 0)]
    public double AdamLearningRate { get; init; } = 3e-4;

    private AdamW Adam => new() { LearningRate = AdamLearningRate, WeightDecay = WeightDecay };

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames(Parameter parameter) =>
        IsMatrix(parameter) ? ["momentum_buffer"] : Adam.StateNames;

    /// <inheritdoc/>
    public override void Update(Parameter parameter, Tensor gradient, Tensor[] state, TensorRuleStep step)
    {
        if (IsMatrix(parameter))
            Rule.Run(parameter.Value, gradient, state[0], Momentum, Nesterov, (double)Iterations, WeightDecay,
                LearningRate * step.Factor);
        else
            Adam.Update([parameter.Value], [gradient], [[state[0]], [state[1]]],
                new RuleStep(AdamLearningRate * step.Factor, step.Number, []));
    }

    /// <inheritdoc/>
    internal override TensorOptimizer WithLearningRate(double rate) =>
        this with { LearningRate = rate, AdamLearningRate = rate };

    private static bool IsMatrix(Parameter parameter) => parameter.Value.ndim >= 2 && !parameter.IsTable;
}
