using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Measures a trained model on a dataset.</summary>
public static class Evaluator
{
    internal const int BatchSize = 1024;

    /// <summary>The seed of an attack's random numbers: the same model and data give the same result.</summary>
    private const int AttackSeed = 0;

    /// <summary>The loss and the metrics of a model over a whole dataset.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the columns of the training data, including the label.</param>
    /// <param name="batchSize">The number of samples per batch. It does not change the result.</param>
    /// <param name="metrics">The metrics; null for accuracy of classes, or MAE, RMSE and R2 of numbers. For a time
    /// series the errors of naive forecasts are added.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>, or the data does not fit the model.</exception>
    public static Evaluation Measure(Model model, Dataset data, int batchSize = BatchSize,
        IReadOnlyList<Metric>? metrics = null, CancellationToken cancel = default) =>
        Measure(model, data, new PredictionOptions(), batchSize, metrics, cancel);

    /// <summary>The same with a threshold: then the precision, the recall and the F1 of the positive class are
    /// measured too, as <c>Precision_CLASS</c> and so on.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the columns of the training data, including the label.</param>
    /// <param name="options">The threshold and the positive class.</param>
    /// <param name="batchSize">The number of samples per batch.</param>
    /// <param name="metrics">The metrics; null for the defaults.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>, or the data or the options do not fit the
    /// model.</exception>
    public static Evaluation Measure(Model model, Dataset data, PredictionOptions options, int batchSize = BatchSize,
        IReadOnlyList<Metric>? metrics = null, CancellationToken cancel = default) =>
        Measure(model, data, options, null, batchSize, metrics, cancel);

    /// <summary>The same for samples that an attack changes, with a fixed seed.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the columns of the training data, including the label.</param>
    /// <param name="options">The threshold and the positive class.</param>
    /// <param name="attack">The attack; null: the samples are measured as they are.</param>
    /// <param name="batchSize">The number of samples per batch.</param>
    /// <param name="metrics">The metrics; null for the defaults.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>AdversarialInput</c>: no input can be changed; or the
    /// data or the options do not fit the model.</exception>
    public static Evaluation Measure(Model model, Dataset data, PredictionOptions options, Attack? attack,
        int batchSize = BatchSize, IReadOnlyList<Metric>? metrics = null, CancellationToken cancel = default)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        var (label, chosen) = (plan.Label!, metrics);
        metrics = metrics is null && label.Kind == LabelKind.Number && loss.Predicts ? [new MAE(), new RMSE(), new R2()]
            : LossChoice.Metrics(metrics, label, loss, tables: true);
        if (label.Text is not null && chosen is null && !plan.IsLanguageModel)
            metrics = [.. metrics, new Bleu(), new ChrF()];
        var texts = metrics.OfType<TextMetric>().ToArray();
        metrics = metrics.Except(texts).ToArray();
        options.Check(label, loss);
        options = options.For(model);
        var positive = label.Kind is LabelKind.Class && (options.Threshold ?? (object?)options.Positive) is not null
            ? options.PositiveOf(label) : -1;
        Metric[] binary = positive < 0 ? [] :
        [
            new Precision { Average = ClassAverage.PerClass }, new Recall { Average = ClassAverage.PerClass },
            new F1 { Average = ClassAverage.PerClass },
        ];
        var device = TorchRuntime.Device(model.Device);
        data = plan.Series?.WindowsOf(data) ?? data;
        using var samples = SampleSource.Of(data, plan, loss, device);
        using var attacked = attack is null ? null
            : new AttackedData(samples, attack, new AttackedModel(network, plan, loss, device), AttackSeed);
        using var sums = Sum(network, attacked ?? samples, loss, [.. metrics, .. binary],
            new OutputReader(label, loss, options), device, batchSize, Threads.Count(null), cancel);
        cancel.ThrowIfCancellationRequested();
        var all = sums.Values().ToArray();
        var values = all.Take(all.Length - binary.Length * label.Classes.Count)
            .UnionBy(all.Where(value => binary.Any(metric =>
                value.Key == $"{metric.Name}_{label.Classes[positive]}")), value => value.Key).ToArray();
        return new Evaluation
        {
            Dataset = data.Name, Count = samples.Count, Loss = sums.Loss, MatrixRows = sums.Matrix,
            ThresholdValue = options.Threshold,
            MetricValues =
            [
                .. values, .. SeriesBaseline.Of(data, plan, values),
                .. TextScores.Of(model, data, texts, options, cancel),
            ],
        };
    }

    /// <summary>Sums loss and metrics over a set, batch by batch, in smaller batches if out of memory. If canceled it
    /// returns the sums so far.</summary>
    internal static MetricSet Sum(Network network, SampleSource data, Loss loss, IReadOnlyList<Metric> metrics,
        OutputReader reader,
        Device device, int batchSize, int threads, CancellationToken cancel)
    {
        var sums = new MetricSet(metrics, reader, device);
        Each(network, data, batchSize, threads, cancel, (batch, output) =>
            sums.Add(loss.Compute(output, batch.Targets!, null, batch.Weights),
                loss.Total(batch.Targets!, null, batch.Weights),
                output, batch.Targets!, data.HasGaps));
        return sums;
    }

    /// <summary>Calls a function with each batch and its output, in smaller batches if out of memory.</summary>
    internal static void Each(Network network, SampleSource data, int batchSize, int threads, CancellationToken cancel,
        Action<Batch, Tensor> take)
    {
        using var noGradient = no_grad();
        using var order = data.Open(batchSize);
        var atOnce = batchSize;
        for (var first = 0; first < data.Count && !cancel.IsCancellationRequested; first += batchSize)
        {
            using var turn = ThreadTurn.Take(threads);
            using var scope = NewDisposeScope();
            var batch = order.Take(first, Math.Min(batchSize, data.Count - first));
            for (var done = 0; done < batch.Count;)
            {
                var size = Math.Min(atOnce, batch.Count - done);
                try
                {
                    Add(batch.Part(done, size));
                    done += size;
                }
                catch (Exception e) when (size > 1 && MemoryShortage.Is(e))
                {
                    atOnce = (size + 1) / 2;
                }
            }
        }

        void Add(Batch batch)
        {
            using var scope = NewDisposeScope();
            take(batch, network.Forward(batch.Inputs, ForwardContext.Inference));
        }
    }
}
