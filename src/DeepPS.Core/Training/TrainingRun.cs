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
    private readonly DeviceData training;
    private readonly DeviceData? validation;
    private readonly Tensor? classWeights;
    private readonly Device device;
    private readonly Generator shuffle;
    private readonly ForwardContext context;
    private readonly OptimizerStep optimizer;
    private readonly FiniteGuard guard;
    private readonly EarlyStop? earlyStop;
    private readonly int firstEpoch;

    public TrainingRun(Network network, TrainingOptions options, Loss loss, IReadOnlyList<Metric> metrics, OutputReader reader,
        TrainingProgress progress, DeviceData training, DeviceData? validation, Tensor? classWeights, int epochsBefore, Device device)
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
        this.device = device;
        firstEpoch = epochsBefore;
        // The order of the samples and the random numbers of layers are two streams, so that neither shifts the other.
        shuffle = new Generator((ulong)(uint)options.Seed);
        context = new ForwardContext(training: true, new Generator((ulong)(uint)options.Seed ^ 0x9E3779B97F4A7C15UL, device));
        optimizer = new OptimizerStep(options.Optimizer, network.Parameters);
        guard = new FiniteGuard(network, device);
        earlyStop = options.EarlyStopping is { } stopping ? new EarlyStop(stopping, network, metrics) : null;
        progress.Begin(options.Epochs, StepsPerEpoch);
    }

    /// <summary>
    /// The last batch has what is left, as in PyTorch. A single sample that is left joins the batch before it where there is
    /// batch normalisation, which cannot learn from one.
    /// </summary>
    private int StepsPerEpoch => LoneSample ? training.Count / options.BatchSize
        : (training.Count + options.BatchSize - 1) / options.BatchSize;

    private bool LoneSample => network.Buffers.Count > 0 && training.Count > options.BatchSize
        && training.Count % options.BatchSize == 1;

    /// <summary>Runs an epoch; null if it was cancelled within.</summary>
    public EpochRecord? Epoch(int epoch, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        using var sums = new MetricSet(metrics, reader, device);
        var order = options.Shuffle ? randperm(training.Count, generator: shuffle).to(device) : null;
        for (var step = 0; step < StepsPerEpoch; step++)
        {
            if (cancel.IsCancellationRequested)
                return null;
            Step(epoch, step, order, sums);
            progress.Advance();
        }

        guard.CheckEpoch(firstEpoch + epoch, sums.Loss, "its last batches");
        var learned = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var held = validation is null ? null : Evaluator.Sum(network, validation, loss, metrics, reader, device, Evaluator.BatchSize, cancel);
        if (cancel.IsCancellationRequested)
            return null;
        if (held is not null)
            guard.CheckEpoch(firstEpoch + epoch, held.Loss, "its validation after the last batch");
        return new EpochRecord
        {
            Epoch = firstEpoch + epoch,
            Loss = sums.Loss,
            ValidationLoss = held?.Loss,
            LearningRate = optimizer.LearningRate,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            SamplesPerSecond = training.Count / learned,
            MetricValues = [.. sums.Values(), .. held?.Values("Validation") ?? []],
        };
    }

    /// <summary>Whether to end before the last epoch.</summary>
    public bool ShouldStop(EpochRecord record, Action<string>? log) => earlyStop?.ShouldStop(record, log) ?? false;

    /// <summary>Gives the model the parameters of its best epoch, if that was asked for.</summary>
    public void Finish(Action<string>? log) => earlyStop?.Restore(log);

    public void Dispose()
    {
        optimizer.ZeroGradients();
        optimizer.Dispose();
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

    private void Step(int epoch, int step, Tensor? order, MetricSet sums)
    {
        using var scope = NewDisposeScope();
        var first = step * options.BatchSize;
        var size = step == StepsPerEpoch - 1 ? training.Count - first : options.BatchSize;
        var batch = order is null ? training.Range(first, size) : training.Gather(order.narrow(0, first, size));
        optimizer.ZeroGradients();
        var (output, batchLoss, objective) = Forward(batch);
        guard.CheckStep(objective, firstEpoch + epoch, step + 1);
        objective.backward();
        if (options.Schedule is { } schedule)
            optimizer.LearningRate = options.Optimizer.LearningRate
                * schedule.Factor(optimizer.Count, StepsPerEpoch, (long)StepsPerEpoch * options.Epochs);
        optimizer.Step();
        // By itself the runtime lets tens of megabytes of small short-lived objects come together before it looks.
        if (optimizer.Count % StepsBetweenCollections == 0)
            GC.Collect(0, GCCollectionMode.Forced, blocking: false);
        sums.Add(batchLoss, loss.Total(batch.Targets!, classWeights, batch.Weights), output, batch.Targets!, training.HasGaps);
    }
}
