using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Train a generator against a critic and return a record of each epoch as it ends.</summary>
/// <remarks>
/// <para>
/// A generative adversarial network: the generator makes samples from random numbers, and the critic scores samples.
/// The critic learns to score real samples higher than generated ones; the generator learns to make samples with high
/// scores. Both models are trained. A record has the generator's loss (Loss), the critic's (CriticLoss) and the share
/// of samples that the critic recognises as real or generated (CriticAccuracy; about 0.5 if it cannot tell), or its
/// estimate of the distance between both (Wasserstein; smaller is better).
/// </para>
/// <para>
/// Real samples are images, arrays or rows of numbers. Images have pixels from 0 to 1; if the generator ends with Tanh,
/// from -1 to 1. The generator gives as many numbers as a sample has, in any shape. The critic ends with one number,
/// before any sigmoid. With -Conditional both also get the class of a sample: the generator as further numbers after
/// the random ones, the critic as further channels of the image. Only the training part of a split is used.
/// </para>
/// </remarks>
/// <example>
/// <code>$g = New-DlModel DcganGenerator 64 -Channels 1 -ImageSize 32
/// $d = New-DlModel DcganDiscriminator -ImageSize 32 -InputShape 1, 32, 32
/// $g | Invoke-DlGanTraining -Critic $d -Data $images -Epochs 20 -SamplePath ./samples | Export-Csv gan.csv
/// New-DlSample -Model $g -Count 64 -Path ./sheet.png | Invoke-Item</code>
/// <para>Trains DCGAN, writes a picture of samples after each epoch, and shows new samples at the end.</para>
/// </example>
/// <example>
/// <code>$g | Invoke-DlGanTraining -Critic $d -Data $images -Objective Wasserstein -Epochs 50</code>
/// <para>Trains a Wasserstein GAN with gradient penalty: five steps of the critic for each of the generator.</para>
/// </example>
/// <example>
/// <code>$g | Invoke-DlGanTraining -Critic $d -Data $digits -Conditional -Epochs 20
/// New-DlSample -Model $g -Count 10 -Label 7 -Path ./sevens.png</code>
/// <para>Trains with the class of each image, and makes images of one class.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "DlGanTraining")]
[OutputType(typeof(EpochRecord), typeof(Model))]
public sealed partial class InvokeDlGanTrainingCommand : StartTrainingCmdlet
{
    /// <summary>The generator: random numbers to a sample.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Generator { get; set; } = null!;

    /// <summary>The critic, also called discriminator: a sample to one number, before any sigmoid.</summary>
    [Parameter(Mandatory = true)]
    [Alias("Discriminator")]
    public Model Critic { get; set; } = null!;

    /// <summary>The real samples: a dataset, or a split, whose training part is used.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <inheritdoc/>
    protected override object Input => Generator;

    private protected override IEnumerable<TrainingCallback> OwnCallbacks => SamplePath is null ? []
        : [new GanPictures(this.ResolveTarget(SamplePath), SampleCount, Seed)];

    /// <inheritdoc/>
    private protected override void Start()
    {
        var data = ModelSource.TrainingData(Data);
        if (AsJob)
            WriteObject(TrainingJob.Start(this, Generator, Schedule, nameof(Generator)));
        else
            Train(Generator, Options(), data.Train, null, data.Plan, Critic);
    }

    private TrainingOptions Options() => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        Optimizer = Optimizer ?? new Adam { LearningRate = 2e-4, Beta1 = 0.5 },
        Metrics = [],
        Schedule = Schedule,
        ClipNorm = ClipNorm,
        AverageDecay = AverageDecay,
        Seed = Seed,
        Shuffle = !NoShuffle,
        Gan = new GanOptions
        {
            Objective = Objective,
            CriticOptimizer = CriticOptimizer,
            CriticSteps = CriticSteps,
            GradientPenalty = GradientPenalty,
            ClipWeight = ClipWeight,
            CodeSize = CodeSize,
            Conditional = Conditional,
        },
        OnDivergence = OnDivergence,
        Deterministic = Deterministic,
        Device = Device,
        Threads = Threads,
    };
}
