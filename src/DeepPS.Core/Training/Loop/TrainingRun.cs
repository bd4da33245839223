using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>What a training holds while it runs: data on the device, optimizer state, random numbers, the best parameters.</summary>
internal sealed partial class TrainingRun : IDisposable
{
    private const int StepsBetweenCollections = 500;
    private readonly Network network;
    private readonly int threads;
    private readonly ShortWaits waits;
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
    private readonly BatchAugmenter? augmenter;
    private readonly BatchPlan batches;
    private readonly OptimizerStep? optimizer;
    private readonly WeightAverage? average;
    private readonly FiniteGuard guard;
    private readonly GradientPass pass;
    private readonly BatchFit fit;
    private readonly DivergenceRecovery recovery;
    private readonly List<double> losses = [];
    private MetricSet? sums;
    private Tensor? shuffleAtStart;
    private double secondsBefore;
    private long started;

    public TrainingRun(Network network, TrainingOptions options, Loss loss, IReadOnlyList<Metric> metrics, OutputReader reader,
        TrainingProgress progress, SampleSource training, SampleSource? validation, Tensor? classWeights, ClassDraw? draw, int epochsBefore, Device device,
        Action<string>? log = null, Action<string>? warn = null, BatchAugmenter? augmenter = null)
    {
        this.network = network;
        threads = Threads.Count(options.Threads);
        waits = new ShortWaits(threads, log);
        Options = options;
        this.loss = loss;
        this.metrics = metrics;
        this.reader = reader;
        this.progress = progress;
        this.training = training;
        this.validation = validation;
        this.augmenter = augmenter;
        this.classWeights = classWeights;
        this.draw = draw;
        this.device = device;
        Position = new TrainingPosition(1, 0, 0, epochsBefore, false);
        // The order of the samples and the random numbers of layers are two streams, so that neither shifts the other.
        shuffle = new Generator((ulong)(uint)options.Seed);
        context = new ForwardContext(training: true, new Generator((ulong)(uint)options.Seed ^ 0x9E3779B97F4A7C15UL, device), options.Precision);
        batches = new BatchPlan(training.Count, options.BatchSize, options.AccumulateSteps, joinLone: network.Buffers.Count > 0);
        optimizer = (options.Optimizer as GradientOptimizer)?.Begin(network.Parameters);
        recovery = new DivergenceRecovery(options.OnDivergence, warn);
        average = options.AverageDecay is { } decay ? new WeightAverage(network, decay) : null;
        guard = new FiniteGuard(network, device, options.OnDivergence == Divergence.Recover);
        pass = new GradientPass(network, loss, classWeights, context, augmenter, guard, training.HasGaps);
        fit = new BatchFit(options, network, pass, context.Generator!, guard, training, device, warn);
        EarlyStop = options.EarlyStopping is { } stopping ? new EarlyStop(stopping, network, metrics, log) : null;
        progress.Begin(optimizer is null ? 1 : options.Epochs, batches.Steps);
    }

    /// <summary>How to train.</summary>
    public TrainingOptions Options { get; }

    /// <summary>How far the training has come.</summary>
    public TrainingPosition Position { get; private set; }

    /// <summary>The epochs that the model had behind it before.</summary>
    public int FirstEpoch => Position.FirstEpoch;

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch => batches.Steps;

    /// <summary>The learning rate of the last step; 0 where there are no steps.</summary>
    public double LearningRate => optimizer?.LearningRate ?? 0;

    /// <summary>The mean loss over the samples of the epoch so far; NaN before the first.</summary>
    public double LossSoFar => sums?.Loss ?? double.NaN;

    /// <summary>What ends the training when it no longer gets better; null: nothing does.</summary>
    public EarlyStop? EarlyStop { get; }

    /// <summary>Whether all epochs are done.</summary>
    public bool IsDone => Position.Ended || Position.Epoch > (optimizer is null ? 1 : Options.Epochs);

    /// <summary>Finds into how many parts batches must be cut, before the first step is taken.</summary>
    /// <param name="log">Told of it.</param>
    /// <exception cref="DlException"><c>OutOfMemory</c>: not even the smallest part fits.</exception>
    public void FitBatches(Action<string>? log)
    {
        fit.Probe();
        log?.Invoke(pass.Parts == 1 ? $"Batches of {Options.BatchSize} fit into memory." : $"Memory is short: {fit.Cut}.");
    }

    /// <summary>Says that no further epoch is wanted.</summary>
    public void Close() => Position = Position with { Ended = true };

    public void Dispose()
    {
        waits.Dispose();
        optimizer?.ZeroGradients();
        optimizer?.Dispose();
        average?.Dispose();
        guard.Dispose();
        fit.Dispose();
        EarlyStop?.Dispose();
        sums?.Dispose();
        shuffleAtStart?.Dispose();
        training.Dispose();
        validation?.Dispose();
        augmenter?.Dispose();
        classWeights?.Dispose();
        draw?.Dispose();
        shuffle.Dispose();
        context.Generator?.Dispose();
    }

    /// <summary>
    /// Takes the steps of the epoch that are left; false if it was stopped before the last, by the callbacks, by who cancels,
    /// or by who computes a schedule.
    /// </summary>
    private bool Learn(OptimizerStep optimizer, Func<bool> afterStep, CancellationToken cancel)
    {
        sums ??= new MetricSet(metrics, reader, device);
        shuffleAtStart?.Dispose();
        shuffleAtStart = shuffle.get_state().DetachFromDisposeScope();
        using var order = training.Open(Options.BatchSize, Options.Shuffle ? shuffle : null, draw);
        while (Position.Step < batches.Steps)
        {
            if (cancel.IsCancellationRequested)
                return false;
            try
            {
                Step(optimizer, Position.Step, order, sums);
            }
            catch (DlException e) when (recovery.Takes(e))
            {
                // The guard has given the network its last good parameters; the step that failed is left out.
                Recover(optimizer, optimizer.Count);
            }
            catch (DlException e) when (TorchRefusal.Is(e))
            {
                guard.GoBack();
                throw;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return false;
            }

            Position = Position with { Step = Position.Step + 1, TotalSteps = Position.TotalSteps + 1 };
            progress.Advance();
            waits.Look();
            if (!afterStep())
                return false;
        }

        return true;
    }

    /// <summary>Solves, and measures the training samples with the solution. Cancelled, it leaves the network as it is.</summary>
    private MetricSet Solve(CancellationToken cancel)
    {
        using var solution = ((NormalEquation)Options.Optimizer).Begin(network);
        using var order = training.Open(Options.BatchSize);
        for (var step = 0; step < batches.Steps && !cancel.IsCancellationRequested; step++)
        {
            using var turn = ThreadTurn.Take(threads);
            using var scope = NewDisposeScope();
            foreach (var (_, first, size) in batches.Of(step))
            {
                var batch = order.Take(first, size);
                solution.Add(batch.Inputs[0], batch.Targets!);
            }

            progress.Advance();
        }

        if (!cancel.IsCancellationRequested)
        {
            using var turn = ThreadTurn.Take(threads);
            solution.Finish();
        }

        return Measure(training, cancel);
    }

    private MetricSet Measure(SampleSource data, CancellationToken cancel) =>
        Evaluator.Sum(network, data, loss, metrics, reader, device, Evaluator.BatchSize, threads, cancel);

    private void Step(OptimizerStep optimizer, int step, SampleOrder order, MetricSet sums)
    {
        using var scope = NewDisposeScope();
        optimizer.Factor = recovery.Factor * (Options.Schedule?.Factor(
            new RunPoint(optimizer.Count, batches.Steps, (long)batches.Steps * Options.Epochs, losses)) ?? 1);
        // A schedule may be a script block of the user's, who may do anything there.
        using var turn = ThreadTurn.Take(threads);
        var samples = batches.Of(step);
        var (asked, seen) = (false, false);
        var chance = augmenter?.State;
        fit.Run(() => optimizer.Step(() =>
        {
            // An optimizer that asks again within a step asks about the same samples; so does a step that begins again.
            if (asked && augmenter is not null)
                augmenter.State = chance!;
            asked = true;
            optimizer.ZeroGradients();
            var objective = pass.Backward(samples, order, FirstEpoch + Position.Epoch, seen ? null : sums);
            GradientClip.Apply(network.Parameters, Options);
            seen = true;
            return objective;
        }), moved: () => seen, order, samples[0].First);
        MaxNormConstraint.Apply(network.Parameters);
        average?.Add();
        // By itself the runtime lets tens of megabytes of small short-lived objects come together before it looks.
        if (optimizer.Count % StepsBetweenCollections == 0)
            GC.Collect(0, GCCollectionMode.Forced, blocking: false);
    }
}
