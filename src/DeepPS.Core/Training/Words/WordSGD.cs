using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using TorchSharp;

namespace DeepPS.Training;

/// <summary>
/// Stochastic gradient descent over vectors of words, pair by pair as in word2vec: for the architectures SkipGram and
/// CBOW on the CPU.
/// </summary>
/// <remarks>
/// Each word to predict is a step of its own, with words drawn at random (see the layer NegativeSampling). Only the
/// vectors of these words are read and written, so a step takes the same time with any vocabulary. -BatchSize changes
/// the speed alone: use 4096 or more. Other optimizers train these architectures too, much more slowly.
/// </remarks>
[CatalogEntry("WordSGD", "Word2Vec")]
public sealed record WordSGD : GradientOptimizer
{
    /// <summary>Makes the rule with word2vec's learning rate.</summary>
    public WordSGD() => LearningRate = 0.025;

    /// <summary>
    /// Whether all threads take steps at once, without locks (Niu, Recht, Re and Wright 2011): faster, but the same
    /// seed does not give the same numbers.
    /// </summary>
    [Setting]
    public bool Hogwild { get; init; }

    /// <inheritdoc/>
    public override OptimizerStep Begin(IReadOnlyList<Parameter> parameters) => new WordStep(this, parameters);

    /// <inheritdoc/>
    internal override Player Play(SupervisedObjective objective, ForwardContext context) =>
        WordObjective.PlayerOf(objective.Network, this, context);

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        if (loss is not LogLikelihood || WordNetwork.Of(network) is null)
            throw Unusable("trains the architectures SkipGram and CBOW, with the loss LogLikelihood. Make the model "
                + "with New-DlModel SkipGram, or use another optimizer.");
        var other = options.ClipNorm is not null ? "-ClipNorm" : options.ClipValue is not null ? "-ClipValue"
            : options.AccumulateSteps > 1 ? "-AccumulateSteps" : options.AutoBatchSize ? "-AutoBatchSize"
            : options.Precision != Torch.TrainingPrecision.Float32 ? "-Precision"
            : options.Distillation is not null ? "-Teacher" : options.Adversarial is not null ? "-Adversarial"
            : options.Deterministic && Hogwild ? "-Deterministic with Hogwild"
            : network.Parameters.Any(parameter => parameter.Frozen) ? "frozen layers" : null;
        if (other is not null)
            throw Unusable($"takes a step for each pair of words and does not support {other}. Remove it, or use "
                + "another optimizer.");
        if (Torch.TorchRuntime.Device(options.Device ?? "cpu").type != DeviceType.CPU)
            throw Unusable("needs the CPU. Use -Device cpu, or another optimizer, such as Adam.");
    }
}
