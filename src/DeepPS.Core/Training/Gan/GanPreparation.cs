using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Prepares a GAN training: checks that generator, critic, data and options fit together.</summary>
/// <param name="generator">The generator, the model of the training.</param>
/// <param name="critic">The critic.</param>
/// <param name="options">The options, with <see cref="TrainingOptions.Gan"/>.</param>
/// <param name="log">Called with each decision.</param>
/// <param name="warn">Called with each warning.</param>
internal sealed class GanPreparation(Model generator, Model critic, TrainingOptions options,
    Action<string>? log, Action<string>? warn)
{
    private const int DefaultCodeSize = 100;
    private readonly GanOptions game = options.Gan!;

    /// <summary>Refuses a model as its own critic.</summary>
    /// <exception cref="DlException"><c>GanModels</c>.</exception>
    public static void CheckModels(Model generator, Model? critic)
    {
        if (ReferenceEquals(generator, critic))
            throw new DlException("GanModels", DlErrorKind.InvalidArgument,
                $"Generator and critic must be two models; both are '{generator.Name}'. Make one for each with "
                + "New-DlModel.", critic);
    }

    /// <summary>
    /// Prepares a training. The generator gets its plan, see <see cref="GeneratorPlan"/>, when all checks have passed.
    /// </summary>
    /// <param name="training">The real samples.</param>
    /// <param name="plan">The data plan; null: one is fitted.</param>
    /// <param name="hook">The hook of each step.</param>
    /// <param name="progress">The progress, which other threads read.</param>
    /// <exception cref="DlException">
    /// <c>GanOptions</c>, <c>GeneratedColumns</c>, <c>GeneratorShape</c>,
    /// <c>CriticShape</c>, <c>NoLabel</c>, <c>LossLabel</c>, <c>OptimizerUse</c>, ...
    /// </exception>
    public TrainingSetup Prepare(Dataset training, DataPlan? plan, StepHook hook, TrainingProgress progress)
    {
        TorchRuntime.Ensure();
        CheckOptions();
        plan = Data(training, plan);
        var classes = game.Conditional ? plan.Label!.Classes.Count : 0;
        var symmetric = plan.InputPlans[0].IsImage && SampleGenerator.IsSymmetric(generator.Layers);
        var own = GeneratorPlan.Of(plan, CodeSize(classes), game.Conditional, symmetric);
        generator.Bind(own.Inputs);
        var sample = plan.InputShape;
        critic.Bind(WithClasses(sample, classes));
        var (maker, judge) = (generator.Network!, critic.Network!);
        CheckOutputs(maker, judge, sample);
        own = GeneratorPlan.For(own, maker.Output);
        generator.MoveTo(options.Device ?? generator.Device);
        critic.MoveTo(generator.Device);
        var device = TorchRuntime.Device(generator.Device);
        var source = SampleSource.Of(training, plan, game.Conditional ? new CrossEntropy() : new MSELoss(), device);
        CheckSteps(source.Count);
        var random = new TrainingRandom(options.Seed, device);
        var players = Players(new Game(maker, judge, random.Layers)
        {
            Sample = sample, Classes = classes, Mean = symmetric ? 0.5 : 0, Scale = symmetric ? 0.5 : 1,
        }, random.Layers);
        log?.Invoke($"Objective {game.Objective.Entry.Name}: {game.Steps} {(game.Steps == 1 ? "step" : "steps")} of "
            + $"the critic for each of the generator; gradient penalty {game.Penalty}; {CodeSize(classes)} random "
            + $"numbers for each sample; device {generator.Device}.");
        var loss = new MSELoss();
        (generator.Plan, generator.Loss) = (own, loss);
        return new TrainingSetup
        {
            Options = options,
            Training = source,
            Players = players,
            Measure = new ModelMeasure(maker, loss, [], new OutputReader(own.Label!, loss), device,
                Threads.Count(options.Threads)),
            Meters = [new CriticMeter(players[1], game.Objective, device)],
            Random = random,
            EpochsBefore = generator.History.Count,
            Hooks = game.ClipWeight is { } most ? [new ClipWeightHook(players[1], most), hook] : [hook],
            Progress = progress,
            Log = log,
            Warn = warn,
        };
    }

    private void CheckOptions()
    {
        if (game is { ClipWeight: not null, GradientPenalty: > 0 })
            throw new DlException("GanOptions", DlErrorKind.InvalidArgument,
                "A gradient penalty and a limit of the critic's weights serve the same end. Use -GradientPenalty or "
                + "-ClipWeight, not both.", game);
        foreach (var optimizer in new[] { options.Optimizer, game.CriticOptimizer ?? options.Optimizer })
            if (optimizer is not (ElementwiseOptimizer or TensorOptimizer))
                throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                    $"Optimizer {optimizer.Entry.Name} needs more than the gradients of a step, which a GAN does "
                    + "not have: its loss changes with each step. Use another optimizer, such as Adam.",
                    optimizer);
    }

    private DataPlan Data(Dataset training, DataPlan? plan)
    {
        plan = GeneratorPlan.OfSamples((plan ?? DataPlan.Fit(training, log, warn)).For([NetworkInput.DefaultName]));
        if (!game.Conditional)
            return plan.With(LabelPlan.OfInput(plan.InputShape));
        return plan.Label is { Kind: LabelKind.Class, Shape.Rank: 0 } ? plan
            : throw new DlException(plan.Label is null ? "NoLabel" : "LossLabel", DlErrorKind.InvalidData,
                $"A conditional training needs data with one class for each sample; dataset '{training.Name}' "
                + (plan.Label is null ? "has no label. Name the column with -Label when you import the data"
                    : $"has label '{plan.Label.Name}', which {plan.Label.Nature}. Use another label")
                + ", or omit -Conditional.", training);
    }

    /// <summary>The number of random numbers: as given, else what the generator's shape leaves.</summary>
    private int CodeSize(int classes)
    {
        var room = generator.Network is { } network ? network.Input.Size - classes : (long?)null;
        if (room is null)
            return game.CodeSize ?? DefaultCodeSize;
        if (room < 1 || game.CodeSize is { } wanted && wanted != room)
            throw new DlException("GeneratorShape", DlErrorKind.InvalidArgument,
                $"The generator '{generator.Name}' takes {generator.Network!.Input.Size} numbers; "
                + (game.CodeSize is { } size ? $"{size} random numbers" : "at least one random number")
                + (classes > 0 ? $" and {classes} classes need {(game.CodeSize ?? 1) + classes}." : " are needed.")
                + " Make it without -InputShape, or change -CodeSize.", generator);
        return (int)room;
    }

    private static Shape WithClasses(Shape sample, int classes) => classes == 0 ? sample : sample.Rank switch
    {
        1 => new Shape(sample[0] + classes),
        3 => new Shape(sample[0] + classes, sample[1], sample[2]),
        _ => throw new DlException("CriticShape", DlErrorKind.InvalidData,
            $"A conditional training needs images or rows of numbers; samples are {sample}. Omit -Conditional.", null),
    };

    private void CheckOutputs(Network maker, Network judge, Shape sample)
    {
        if (maker.Inputs.Count > 1 || maker.Output.Size != sample.Size)
            throw new DlException("GeneratorShape", DlErrorKind.InvalidArgument,
                $"The generator '{generator.Name}' must give samples of shape {sample}, or {sample.Size} numbers; its "
                + $"output is {maker.Output}. Change its last layer.", generator);
        if (judge.Output.Size != 1)
            throw new DlException("CriticShape", DlErrorKind.InvalidArgument,
                $"The critic '{critic.Name}' must give one number, the score of a sample; its output is "
                + $"{judge.Output}. End it with New-DlLayer Dense 1.", critic);
        if (judge.OutputNode.Layer is Sigmoid or ActivationLayer { Function: Sigmoid }
            or WeightedLayer { Activation: Sigmoid })
            warn?.Invoke($"The critic '{critic.Name}' ends with a sigmoid. The objective applies one where it needs "
                + "it: a critic without one learns better.");
        if (game.Penalty > 0 && critic.Layers.Any(layer => layer is BatchNorm))
            warn?.Invoke($"The critic '{critic.Name}' has BatchNorm, which makes a sample's score depend on the rest "
                + "of the batch; the gradient penalty assumes that it does not. Use LayerNorm or InstanceNorm.");
    }

    private void CheckSteps(int samples)
    {
        var steps = (samples + options.BatchSize - 1) / options.BatchSize;
        if (steps < game.Steps)
            throw new DlException("GanOptions", DlErrorKind.InvalidArgument,
                $"An epoch has {steps} {(steps == 1 ? "step" : "steps")} of {options.BatchSize} samples, and the "
                + $"generator learns in every {game.Steps}th. Use a smaller -CriticSteps or -BatchSize.", game);
    }

    private IReadOnlyList<Player> Players(Game networks, Generator random) =>
    [
        new Player(networks.Maker, new GeneratorObjective(networks, game.Objective),
            (GradientOptimizer)options.Optimizer) { Every = game.Steps },
        new Player(networks.Critic, new CriticObjective(networks, game.Objective, game.Penalty, random),
            (GradientOptimizer)(game.CriticOptimizer ?? options.Optimizer)),
    ];
}
