using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What a training holds while it runs: data on the device, optimizer state, random numbers, the best parameters.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int StepsBetweenCollections = 500;
    private readonly Network network;
    private readonly TrainingOptions options;
    private readonly Loss loss;
    private readonly IReadOnlyList<Metric> metrics;
    private readonly OutputReader reader;
    private readonly TrainingProgress progress;
    private readonly SampleSource training;
    private readonly SampleSource? validation;
    private readonly Tensor? classWeights;
    private readonly Device device;
    private readonly Generator shuffle;
    private readonly ClassDraw? draw;
    private readonly ForwardContext context;
    private readonly BatchPlan batches;
    private readonly OptimizerStep? optimizer;
    private readonly WeightAverage? average;
    private readonly FiniteGuard guard;
    private readonly EarlyStop? earlyStop;
    private readonly List<double> losses = [];
    private readonly int firstEpoch;

    public TrainingRun(Network network, TrainingOptions options, Loss loss, IReadOnlyList<Metric> metrics, OutputReader reader,
        TrainingProgress progress, SampleSource training, SampleSource? validation, Tensor? classWeights, ClassDraw? draw, int epochsBefore, Device device)
    {
        this.network = network;
        this.options = options;
        this.loss = loss;
        this.metrics = metrics;
        this.reader = reader;
        this.progress = progress;
        this.training = training;
        this.validation = validation;
        this.classWeights = classWeights;
        this.draw = draw;
        this.device = device;
        firstEpoch = epochsBefore;
        // The order of the samples and the random numbers of layers are two streams, so that neither shifts the other.
        shuffle = new Generator((ulong)(uint)options.Seed);
        context = new ForwardContext(training: true, new Generator((ulong)(uint)options.Seed ^ 0x9E3779B97F4A7C15UL, device));
        batches = new BatchPlan(training.Count, options.BatchSize, options.AccumulateSteps, joinLone: network.Buffers.Count > 0);
        optimizer = (options.Optimizer as GradientOptimizer)?.Begin(network.Parameters);
        average = options.AverageDecay is { } decay ? new WeightAverage(network, decay) : null;
        guard = new FiniteGuard(network, device);
        earlyStop = options.EarlyStopping is { } stopping ? new EarlyStop(stopping, network, metrics) : null;
        progress.Begin(optimizer is null ? 1 : options.Epochs, batches.Steps);
    }

    /// <summary>Runs an epoch; null if it was cancelled within.</summary>
    public EpochRecord? Epoch(int epoch, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        average?.Hide();
        using var sums = optimizer is null ? Solve(cancel) : Learn(optimizer, epoch, cancel);
        average?.Show();
        if (cancel.IsCancellationRequested)
            return null;
        guard.CheckEpoch(firstEpoch + epoch, sums.Loss, "its last batches");
        var learned = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var held = validation is null ? null : Measure(validation, cancel);
        if (cancel.IsCancellationRequested)
            return null;
        if (held is not null)
            guard.CheckEpoch(firstEpoch + epoch, held.Loss, "its validation after the last batch");
        losses.Add(held?.Loss ?? sums.Loss);
        return new EpochRecord
        {
            Epoch = firstEpoch + epoch,
            Loss = sums.Loss,
            ValidationLoss = held?.Loss,
            LearningRate = optimizer?.LearningRate ?? 0,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            SamplesPerSecond = training.Count / learned,
            MetricValues = [.. sums.Values(), .. held?.Values("Validation") ?? []],
        };
    }

    /// <summary>Whether to end before the last epoch.</summary>
    public bool ShouldStop(EpochRecord record, Action<string>? log) =>
        optimizer is null || (earlyStop?.ShouldStop(record, log) ?? false);

    /// <summary>Gives the model the parameters of its best epoch, if that was asked for.</summary>
    public void Finish(Action<string>? log) => earlyStop?.Restore(log);

    public void Dispose()
    {
        optimizer?.ZeroGradients();
        optimizer?.Dispose();
        average?.Dispose();
        guard.Dispose();
        earlyStop?.Dispose();
        training.Dispose();
        validation?.Dispose();
        classWeights?.Dispose();
        shuffle.Dispose();
        context.Generator?.Dispose();
    }

    /// <summary>
    /// Runs a batch: the output, its loss, and what the gradient is of: that loss, the losses of the other outputs by their
    /// weights, and the penalties of layers.
    /// </summary>
    private (Tensor Output, Tensor Loss, Tensor Objective) Forward(Batch batch)
    {
        var outputs = network.ForwardAll(batch.Inputs, context);
        var batchLoss = loss.Compute(outputs[0], batch.Targets!, classWeights, batch.Weights);
        var objective = network.OutputNode.Layer.OutputWeight is { } weight ? batchLoss.mul(weight) : batchLoss;
        foreach (var (head, output) in network.Heads.Zip(outputs.Skip(1)))
        {
            var headLoss = head.Layer.OutputLoss ?? loss;
            var own = headLoss.Compute(output, batch.Targets!, headLoss.WeighsClasses ? classWeights : null, batch.Weights);
            objective = objective.add(own, head.Layer.OutputWeight!.Value);
        }

        return (outputs[0], batchLoss, context.TakePenalty() is { } penalty ? objective.add(penalty) : objective);
    }

    /// <summary>
    /// Takes the steps of an epoch; it ends early, with what it has, when cancelled: also by who computes a schedule.
    /// </summary>
    private MetricSet Learn(OptimizerStep optimizer, int epoch, CancellationToken cancel)
    {
        var sums = new MetricSet(metrics, reader, device);
        using var order = training.Open(options.BatchSize, options.Shuffle ? shuffle : null, draw);
        for (var step = 0; step < batches.Steps && !cancel.IsCancellationRequested; step++)
        {
            try
            {
                Step(optimizer, epoch, step, order, sums);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }

            progress.Advance();
        }

        return sums;
    }

    /// <summary>Solves, and measures the training samples with the solution. Cancelled, it leaves the network as it is.</summary>
    private MetricSet Solve(CancellationToken cancel)
    {
        using var solution = ((NormalEquation)options.Optimizer).Begin(network);
        using var order = training.Open(options.BatchSize);
        for (var step = 0; step < batches.Steps && !cancel.IsCancellationRequested; step++)
        {
            using var scope = NewDisposeScope();
            foreach (var (_, first, size) in batches.Of(step))
            {
                var batch = order.Take(first, size);
                solution.Add(batch.Inputs[0], batch.Targets!);
            }

            progress.Advance();
        }

        if (!cancel.IsCancellationRequested)
            solution.Finish();
        return Measure(training, cancel);
    }

    private MetricSet Measure(SampleSource data, CancellationToken cancel) =>
        Evaluator.Sum(network, data, loss, metrics, reader, device, Evaluator.BatchSize, cancel);

    private void Step(OptimizerStep optimizer, int epoch, int step, SampleOrder order, MetricSet sums)
    {
        using var scope = NewDisposeScope();
        if (options.Schedule is { } schedule)
            optimizer.Factor = schedule.Factor(
                new RunPoint(optimizer.Count, batches.Steps, (long)batches.Steps * options.Epochs, losses));
        var seen = false;
        optimizer.Step(() =>
        {
            optimizer.ZeroGradients();
            var objective = Backward(epoch, step, order, seen ? null : sums);
            GradientClip.Apply(network.Parameters, options);
            seen = true;
            return objective;
        });
        MaxNormConstraint.Apply(network.Parameters);
        average?.Add();
        // By itself the runtime lets tens of megabytes of small short-lived objects come together before it looks.
        if (optimizer.Count % StepsBetweenCollections == 0)
            GC.Collect(0, GCCollectionMode.Forced, blocking: false);
    }

    /// <summary>
    /// Adds up the gradients of a step's batches, each by how much its samples count: what one batch of them all would give.
    /// </summary>
    /// <param name="epoch">The epoch's number.</param>
    /// <param name="step">The step's number in the epoch.</param>
    /// <param name="order">The samples in the order of the epoch.</param>
    /// <param name="sums">Where losses and metrics are added up; null: they are already.</param>
    /// <returns>What the gradients are of.</returns>
    private Tensor Backward(int epoch, int step, SampleOrder order, MetricSet? sums)
    {
        var parts = batches.Of(step);
        var all = parts.Sum(part => part.Size);
        Tensor? total = null;
        Tensor? weights = null;
        foreach (var (number, first, size) in parts)
        {
            using var scope = NewDisposeScope();
            var batch = order.Take(first, size);
            var (output, batchLoss, objective) = Forward(batch);
            if (sums is not null)
                guard.CheckStep(objective, firstEpoch + epoch, number + 1);
            var weight = loss.Total(batch.Targets!, classWeights, batch.Weights);
            if (parts.Count > 1)
                objective = weight is null ? objective.mul((double)size / all) : objective.mul(weight);
            objective.backward();
            sums?.Add(batchLoss, weight, output, batch.Targets!, training.HasGaps);
            total = Add(total, objective.detach());
            weights = parts.Count > 1 && weight is not null ? Add(weights, weight) : null;
        }

        if (weights is null)
            return total!;
        // Where no sample of the step counts, nothing is learned from it.
        weights = weights.clamp_min(1e-30f);
        using (no_grad())
            foreach (var gradient in network.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>())
                gradient.div_(weights);
        return total!.div(weights);

        static Tensor Add(Tensor? sum, Tensor more) => (sum is null ? more : sum.add(more)).MoveToOuterDisposeScope();
    }
}
