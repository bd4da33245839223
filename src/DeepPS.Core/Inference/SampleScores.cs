using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>A model's output and the truth for each sample of a dataset.</summary>
internal static class SampleScores
{
    /// <summary>The probability of each class, and the true class.</summary>
    /// <param name="model">A trained model of a class label.</param>
    /// <param name="data">Data with the label.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NoProbabilities</c>; the data does not fit the model.</exception>
    public static (double[][] Probabilities, int[] Targets) OfClasses(Model model, Dataset data,
        CancellationToken cancel = default)
    {
        var (_, plan, loss) = model.Trained();
        if (plan.Label!.Kind is not LabelKind.Class || !loss.GivesProbabilities)
            throw new DlException("NoProbabilities", DlErrorKind.InvalidArgument,
                $"This needs a model that predicts classes with probabilities; label '{plan.Label.Name}' is a "
                + $"{plan.Label.Kind}, and the loss is {loss.Entry.Name}.", model);
        var (probabilities, targets) = (new List<double[]>(), new List<int>());
        Each(model, data, cancel, batch =>
        {
            probabilities.AddRange(Numbers(batch.Probabilities).Chunk(plan.Label.Classes.Count));
            targets.AddRange(Numbers(batch.Target).Select(number => (int)number));
        });
        return (probabilities.ToArray(), targets.ToArray());
    }

    /// <summary>The predicted and the true numbers, in the label's unit.</summary>
    /// <param name="model">A trained model of a number label.</param>
    /// <param name="data">Data with the label.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NotANumberLabel</c>; the data does not fit the model.</exception>
    public static (double[] Predictions, double[] Targets) OfNumbers(Model model, Dataset data,
        CancellationToken cancel = default)
    {
        var (_, plan, _) = model.Trained();
        if (plan.Label!.Kind is not LabelKind.Number)
            throw new DlException("NotANumberLabel", DlErrorKind.InvalidArgument,
                $"This needs a model that predicts numbers; label '{plan.Label.Name}' is a {plan.Label.Kind}.", model);
        var (predictions, targets) = (new List<double>(), new List<double>());
        Each(model, data, cancel, batch =>
        {
            predictions.AddRange(Numbers(batch.Prediction));
            targets.AddRange(Numbers(batch.Target));
        });
        return (predictions.ToArray(), targets.ToArray());
    }

    private static void Each(Model model, Dataset data, CancellationToken cancel, Action<MetricBatch> take)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        var reader = new OutputReader(plan.Label!, loss, new PredictionOptions().For(model));
        data = plan.Series?.WindowsOf(data) ?? data;
        using var samples = SampleSource.Of(data, plan, loss, TorchRuntime.Device(model.Device));
        Evaluator.Each(network, samples, Evaluator.BatchSize, Threads.Count(null), cancel, (batch, output) =>
        {
            using var read = reader.Read(output, batch.Targets!, samples.HasGaps);
            take(read);
        });
        cancel.ThrowIfCancellationRequested();
    }

    private static double[] Numbers(Tensor values) =>
        values.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
}
