using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>
/// Natural gradient: a step against the gradient divided by the Fisher matrix of the batch, found by conjugate
/// gradients. Each iteration takes about three backward passes; use it with large batches.
/// </summary>
/// <remarks>
/// The step is (F + Damping I)^-1 g. F is the Gauss-Newton matrix of the loss, which for cross-entropy and squared
/// errors is the Fisher matrix of the predictions; its products with vectors are exact. From Amari, Natural gradient
/// works efficiently in learning (1998); Pascanu and Bengio, Revisiting natural gradient for deep networks (2013).
/// Dropout draws again for F.
/// </remarks>
[CatalogEntry("NaturalGradient", "NGD")]
public sealed record NaturalGradient : CurvatureOptimizer
{
    /// <summary>Creates it with its default learning rate.</summary>
    public NaturalGradient() => LearningRate = 1;

    /// <summary>The largest number of iterations of conjugate gradients in a step.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Iterations { get; init; } = 20;

    /// <summary>Added to the eigenvalues of the Fisher matrix, so that steps in flat directions stay short.</summary>
    [Setting(Minimum = 0)]
    public double Damping { get; init; } = 1e-3;

    /// <summary>The iterations end when the rest of the equation is at most this fraction of the gradient.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>
    /// The largest change of the predictions in a step (half their KL divergence), by the curvature; 0: no limit.
    /// </summary>
    [Setting(Minimum = 0)]
    public double KLClip { get; init; } = 1e-2;

    /// <summary>The weight decay: this fraction of each parameter is added to its gradient.</summary>
    [Setting(Minimum = 0)]
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    internal override int StateCopies => 8;

    /// <inheritdoc/>
    /// <remarks>Without a network's batches the curvature is 1: the steps are those of SGD.</remarks>
    public override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) =>
        new NaturalGradientStep(this, parameters);

    /// <inheritdoc/>
    internal override Player Play(SupervisedObjective objective, ForwardContext context)
    {
        var product = new GaussNewtonProduct(objective, context);
        var player = new Player(objective.Network, new KeptObjective(objective, product), this);
        ((NaturalGradientStep)player.Optimizer).Product = product;
        return player;
    }

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        base.Check(network, loss, options);
        if (loss is not (MSELoss or CrossEntropy or BinaryCrossEntropy))
            throw Unusable($"needs a loss whose curvature is the Fisher matrix of the predictions; that of "
                + $"{loss.Entry.Name} is not. Use MSE, CrossEntropy or BinaryCrossEntropy, or another optimizer.");
        if (options.Adversarial is not null)
            throw Unusable("does not support batches that an adversary changes. Omit -Adversarial, or use another "
                + "optimizer.");
    }
}
