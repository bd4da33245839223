using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Prepares a training of a model with options and data: fills in defaults and checks that all fits together.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The training options.</param>
/// <param name="log">Called with each decision.</param>
/// <param name="warn">Called with each warning.</param>
/// <param name="teachers">The teachers of a training with <see cref="TrainingOptions.Distillation"/>.</param>
internal sealed class TrainingPreparation(Model model, TrainingOptions options, Action<string>? log,
    Action<string>? warn, IReadOnlyList<Model> teachers)
{
    /// <summary>Prepares a training. The model gets its data plan and loss when all checks have passed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The training options.</param>
    /// <param name="data">
    /// The training samples, the validation samples, and the data plan; null: the model's own, else a fitted one.
    /// </param>
    /// <param name="hook">The hook of each step.</param>
    /// <param name="progress">The progress, which other threads read.</param>
    /// <param name="log">Called with each decision.</param>
    /// <param name="warn">Called with each warning.</param>
    /// <param name="teachers">The teachers; null: none.</param>
    /// <exception cref="DlException">The options or the data do not fit the model.</exception>
    public static TrainingSetup Of(Model model, TrainingOptions options,
        (Dataset Training, Dataset? Validation, DataPlan? Plan) data, StepHook hook, TrainingProgress progress,
        Action<string>? log, Action<string>? warn, IReadOnlyList<Model>? teachers = null) =>
        new TrainingPreparation(model, options, log, warn, teachers ?? []).Prepare(data.Training, data.Validation,
            data.Plan, hook, progress);

    private TrainingSetup Prepare(
        Dataset training, Dataset? validation, DataPlan? plan, StepHook hook, TrainingProgress progress)
    {
        TorchRuntime.Ensure();
        plan = (model.Plan ?? DistilledPlayers.Plan(teachers) ?? plan ?? DataPlan.Fit(training, log, warn))
            .For(LayerNames.Inputs(model.Layers));
        model.Bind(plan.Inputs);
        var network = model.Network!;
        plan = LabelChoice.Of(plan, network, options, training);
        LabelChoice.Check(plan);
        var loss = LossChoice.Loss(options.Loss, plan.Label!, network);
        if (plan.Label!.IsInput && !options.Reconstruct && loss.Predicts && model.Plan is null)
            warn?.Invoke($"Dataset '{training.Name}' has no label: the model learns to reconstruct its input. "
                + "Name the label with -Label, or add -Reconstruct if this is intended.");
        plan = loss.Standardizes ? plan : plan.With(plan.Label!.Unscaled());
        var metrics = LossChoice.Metrics(options.Metrics, plan.Label!, loss);
        Check(network, loss, plan, training);
        model.MoveTo(options.Device ?? model.Device);
        var device = TorchRuntime.Device(model.Device);
        var measure = new ModelMeasure(network, loss, metrics, new OutputReader(plan.Label!, loss), device,
            Threads.Count(options.Threads));
        CheckMonitor(measure, hasValidation: validation is not null);
        Tell(network, loss, metrics, device);
        training = options.Augmentations.Aggregate(training,
            (data, augmentation) => augmentation.Change(data, plan.Label!, options.Seed));
        var draw = SamplingChoice.Of(options, plan, training);
        var weights = ClassWeightChoice.Of(options, training, plan.Label!, loss, device, log);
        var random = new TrainingRandom(options.Seed, device);
        using var rates = LayerRates.Of(network, options);
        var context = new ForwardContext(training: true, random.Layers, options.Precision);
        var source = SampleSource.Of(training, plan, loss, device);
        NoiseFitting.Fit(model, source);
        var adversary = options.Adversarial is null ? null
            : new Adversary(options.Adversarial, new AttackedModel(network, plan, loss, device), random.Layers);
        var setup = new TrainingSetup
        {
            Options = options,
            Training = source,
            Validation = validation is null ? null : SampleSource.Of(validation, plan, loss, device),
            Players = Players(new SupervisedObjective(network, loss, context, weights, adversary), plan, context,
                source),
            Measure = measure,
            Draw = draw,
            Augmenter = BatchAugmenter.For(options.Augmentations, options.Seed, plan, device),
            Random = random,
            EpochsBefore = model.History.Count,
            Hooks = [hook],
            Progress = progress,
            Log = log,
            Warn = warn,
        };
        (model.Plan, model.Loss) = (plan, loss);
        if (plan.Frame is not null && network.Frame is null)
            warn?.Invoke($"The network has {network.Output.Size} outputs for {plan.Label!.Shape.Size} steps: "
                + "-Difference, -Scaling and -Log of the windows are not used. They need one output for each step.");
        return setup;
    }

    private IReadOnlyList<Player> Players(SupervisedObjective objective, DataPlan plan, ForwardContext context,
        SampleSource source)
    {
        if (options.Distillation is not null)
            return DistilledPlayers.Of(objective, teachers, options, plan, context, source);
        if (options.Optimizer is not GradientOptimizer rule)
            return [];
        var player = rule.Play(objective, context);
        // An optimizer that watches layers or differentiates twice has an objective of its own; an adversary runs the
        // whole batch through the network several times.
        if (player.Objective == objective && options.Adversarial is null)
            ShareBatches(objective, context);
        return [player];
    }

    private void ShareBatches(SupervisedObjective objective, ForwardContext context)
    {
        var threads = Threads.Count(options.Threads);
        objective.Shards = DataParallel.For(objective.Network, context, options.BatchSize, threads);
        if (objective.Shards is not null)
            log?.Invoke($"Each of the {threads} threads computes a shard of every batch.");
    }

    private void Check(Network network, Loss loss, DataPlan plan, Dataset training)
    {
        if (network.Parameters.All(parameter => parameter.Frozen))
            throw new DlException("NothingToLearn", DlErrorKind.InvalidOperation,
                $"Model '{model.Name}' has nothing to learn: "
                + (network.Parameters.Count == 0 ? "no layer has parameters. Add one that has, such as Dense."
                    : "every layer is frozen. Unfreeze layers with Set-DlLayer -Unfreeze."), model);
        options.Optimizer.Check(network, loss, options);
        if (training.Weight is not null && options.Optimizer is NormalEquation)
            throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                "NormalEquation does not support sample weights, which the data has. Leave them out, or use another "
                + "optimizer.",
                training);
        BatchAugmenter.Check(options.Augmentations, plan);
        if (options.Adversarial is not null && options.Optimizer is not GradientOptimizer)
            throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                $"Optimizer {options.Optimizer.Entry.Name} takes no steps, and an adversary changes the batches of "
                + "steps. Use another optimizer, or no adversary.", options.Optimizer);
    }

    private void CheckMonitor(ModelMeasure measure, bool hasValidation)
    {
        if (options.EarlyStopping?.Monitor is not { } monitor)
            return;
        using var sums = measure.Begin();
        var names = sums.Values().Concat(hasValidation ? sums.Values("Validation") : []);
        BestEpoch.Check(monitor, names.Select(value => value.Key).ToArray(), hasValidation);
    }

    private void Tell(Network network, Loss loss, IReadOnlyList<Metric> metrics, Device device)
    {
        log?.Invoke($"Loss {loss.Entry.Name}, optimizer {options.Optimizer.Entry.Name}, metrics "
            + $"{string.Join(", ", metrics.Select(metric => metric.Entry.Name))}; device {model.Device}; precision "
            + $"{options.Precision}; threads: {Threads.Count(options.Threads)}.");
        if (options.Augmentations.Count > 0)
            log?.Invoke("Augmentations of the training samples: "
                + $"{string.Join(", ", options.Augmentations.Select(augmentation => augmentation.Entry.Name))}.");
        if (LossChoice.Doubt(loss, network.OutputNode.Layer) is { } doubt)
            warn?.Invoke(doubt);
        if (options.Precision != TrainingPrecision.Float32 && device.type == DeviceType.CPU
            && !Processor.MayHaveBFloat16)
            warn?.Invoke($"This processor has no bfloat16 arithmetic: -Precision {options.Precision} is most likely "
                + "slower than Float32.");
    }
}
