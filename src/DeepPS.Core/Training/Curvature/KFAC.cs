using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>
/// Natural gradient with a curvature for each dense and convolution layer that is a Kronecker product of two small
/// matrices; other parameters take Adam's steps.
/// </summary>
/// <remarks>
/// The step of a layer is G^-1 V A^-1, where V is the gradient of its weight and bias, A the mean product of its inputs
/// and G that of the gradients of its outputs, for targets drawn from the network's own predictions. From Martens and
/// Grosse, Optimizing Neural Networks with Kronecker-factored Approximate Curvature (2015); convolutions from Grosse
/// and Martens (2016); the limit of the step's length from Ba, Grosse and Martens (2017). Layers Dense, Conv1d and
/// Conv2d without groups and without a normalised weight have such a curvature.
/// </remarks>
[CatalogEntry("KFAC")]
public sealed record KFAC : CurvatureOptimizer
{
    /// <summary>Creates it with its default learning rate.</summary>
    public KFAC() => LearningRate = 0.1;

    /// <summary>The fraction of the last step that is added to the next.</summary>
    [Setting(Minimum = 0)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Added to the curvature, so that steps along flat directions stay short.</summary>
    [Setting(Minimum = 0)]
    public double Damping { get; init; } = 1e-2;

    /// <summary>The fraction of the averages of A and G that is kept in each step.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double FactorDecay { get; init; } = 0.95;

    /// <summary>A and G are measured in every step of this number.</summary>
    [Setting(Minimum = 1)]
    public int FactorEvery { get; init; } = 1;

    /// <summary>The inverses are computed in every step of this number.</summary>
    [Setting(Minimum = 1)]
    public int InverseEvery { get; init; } = 10;

    /// <summary>
    /// The largest change of the predictions in a step (half their KL divergence), by the curvature; 0: no limit.
    /// </summary>
    [Setting(Minimum = 0)]
    public double KLClip { get; init; } = 1e-3;

    /// <summary>The weight decay: this fraction of each parameter is added to its gradient.</summary>
    [Setting(Minimum = 0)]
    public double WeightDecay { get; init; }

    /// <summary>The targets of the gradients in G.</summary>
    [Setting]
    public FisherTargets Fisher { get; init; }

    /// <summary>The learning rate of the other parameters, which take Adam's steps.</summary>
    [Setting(Minimum = 0)]
    public double AdamLearningRate { get; init; } = 1e-3;

    /// <inheritdoc/>
    internal override int StateCopies => 1;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Damping == 0)
            throw SettingProblem.Of(this, nameof(Damping), "a number above 0", Damping);
    }

    /// <inheritdoc/>
    /// <remarks>Without a network's forward passes no layer has a curvature: all take Adam's steps.</remarks>
    public override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) => new KfacStep(this, parameters);

    /// <inheritdoc/>
    internal override Player Play(SupervisedObjective objective, ForwardContext context)
    {
        var recorder = new KroneckerRecorder(objective.Network);
        var player = new Player(objective.Network,
            new RecordedObjective(objective, context, recorder, Fisher == FisherTargets.Sampled), this);
        ((KfacStep)player.Optimizer).Recorder = recorder;
        return player;
    }

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        base.Check(network, loss, options);
        if (Fisher == FisherTargets.Sampled && !SampledLoss.Takes(loss))
            throw Unusable($"draws targets from the predictions, which loss {loss.Entry.Name} does not define. Use "
                + "loss MSE, CrossEntropy, NLL or BinaryCrossEntropy, or the setting Fisher Empirical.");
    }
}

/// <summary>The targets of the gradients whose products make the Fisher matrix.</summary>
public enum FisherTargets
{
    /// <summary>Drawn from the network's own predictions: the Fisher matrix.</summary>
    Sampled,

    /// <summary>Those of the data: the empirical Fisher matrix, for any loss, and without a second backward pass. It is
    /// not the curvature far from the minimum, nor where the network fits the data exactly.</summary>
    Empirical,
}
