using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The two networks of a GAN training: the generator makes samples from random numbers, the critic scores
/// samples. With classes, both also get the class of each sample: as further numbers, or as further channels of an
/// image (Mirza and Osindero, Conditional Generative Adversarial Nets, 2014).
/// </summary>
/// <param name="generator">(samples, random numbers and classes) to (samples, sample shape) of any form.</param>
/// <param name="critic">(samples, sample shape) to (samples, 1).</param>
/// <param name="random">Draws the random numbers.</param>
internal sealed class Game(Network generator, Network critic, Generator random)
{
    private readonly ForwardContext making = new(training: true, random), judging = new(training: true, random);

    /// <summary>The shape of one sample.</summary>
    public required Shape Sample { get; init; }

    /// <summary>The number of classes; 0: samples have none.</summary>
    public int Classes { get; init; }

    /// <summary>The generator makes (sample - Mean) / Scale.</summary>
    public double Mean { get; init; }

    /// <summary>The generator makes (sample - Mean) / Scale.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>
    /// Draws random numbers of a normal distribution: samples, numbers for each; tests give their own.
    /// </summary>
    public Func<long, long, Tensor>? Draw { get; init; }

    /// <summary>The generator.</summary>
    public Network Maker => generator;

    /// <summary>The critic.</summary>
    public Network Critic => critic;

    /// <summary>The real samples of a batch, as the generator makes them.</summary>
    public Tensor Real(Batch batch) => Mean == 0 && Scale == 1 ? batch.Inputs[0]
        : batch.Inputs[0].sub(Mean).div(Scale);

    /// <summary>As many generated samples of the same classes, (samples, sample shape).</summary>
    public Tensor Generate(Batch batch)
    {
        making.Forget();
        var size = generator.Input.Size - Classes;
        var codes = Draw?.Invoke(batch.Count, size)
            ?? randn(batch.Count, size, device: batch.Inputs[0].device, generator: random);
        if (Classes > 0)
            codes = cat([codes, OneHot(batch)], 1);
        return generator.Forward(codes.reshape(generator.Input.WithBatch(batch.Count)), making)
            .reshape(Sample.WithBatch(batch.Count));
    }

    /// <summary>The critic's scores of samples, (samples).</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="batch">The batch whose classes they have.</param>
    public Tensor Judge(Tensor samples, Batch batch)
    {
        judging.Forget();
        if (Classes > 0)
            samples = cat([samples, Sample.Rank == 1 ? OneHot(batch) : Planes(batch)], 1);
        return critic.Forward(samples, judging).reshape(-1);
    }

    /// <summary>The penalties of the generator's layers; null: there are none.</summary>
    public Tensor? MakingPenalty() => making.TakePenalty();

    /// <summary>The penalties of the critic's layers; null: there are none.</summary>
    public Tensor? JudgingPenalty() => judging.TakePenalty();

    /// <summary>The class of each sample as 0 and 1, (samples, classes).</summary>
    private Tensor OneHot(Batch batch) => nn.functional.one_hot(batch.Targets!, Classes).to(ScalarType.Float32);

    /// <summary>The class of each sample as planes of 0 and 1, (samples, classes, height, width).</summary>
    private Tensor Planes(Batch batch) =>
        OneHot(batch).reshape(batch.Count, Classes, 1, 1).expand(batch.Count, Classes, Sample[1], Sample[2]);
}
