using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Predicts the labels of samples with a trained model.</summary>
public static class Predictor
{
    /// <summary>Predicts the label of each row.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="inputs">Rows with the columns of the training data; see <see cref="DataPlan.Rows"/>.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A prediction per row, in order.</returns>
    public static IReadOnlyList<Prediction> Predict(Model model, Dataset inputs, CancellationToken cancel = default) =>
        Predict(model, inputs, new PredictionOptions(), cancel);

    /// <summary>Predicts the label of each row.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="inputs">Rows with the columns of the training data; see <see cref="DataPlan.Rows"/>.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A prediction per row, in order.</returns>
    public static IReadOnlyList<Prediction> Predict(Model model, Dataset inputs, PredictionOptions options,
        CancellationToken cancel = default) =>
        Predict(model, inputs, options, Threads.Count(null), cancel);

    /// <summary>The names of the values in each prediction besides value and probability.</summary>
    internal static IReadOnlyList<string> FurtherNames(Model model, PredictionOptions options)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        using var turn = ThreadTurn.Take(Threads.Count(null));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var inputs = network.Inputs
            .Select(input => zeros(input.Shape.WithBatch(1), device: TorchRuntime.Device(model.Device))).ToArray();
        return new PredictionWriter(plan.Label!, loss, options.For(model))
            .Of(network.Forward(inputs, ForwardContext.Inference), plan.Label!.IsInput ? inputs[0] : null)
            .Single().Further.Select(value => value.Key).ToArray();
    }

    /// <summary>Predicts the label of each row with a number of threads.</summary>
    internal static IReadOnlyList<Prediction> Predict(Model model, Dataset inputs, PredictionOptions options,
        int threads, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        plan.Require(inputs);
        // An autoencoder's target is in the inputs; other labels are not.
        var encoded = plan.Encode(inputs, withLabel: plan.Label!.IsInput);
        using var noGradient = no_grad();
        using var samples = new DeviceData(encoded, TorchRuntime.Device(model.Device));
        var writer = new PredictionWriter(plan.Label, loss, options.For(model));
        var predictions = new List<Prediction>(encoded.Count);
        for (var first = 0; first < encoded.Count; first += Evaluator.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(threads);
            using var scope = NewDisposeScope();
            var batch = samples.Range(first, Math.Min(Evaluator.BatchSize, encoded.Count - first));
            predictions.AddRange(writer.Of(network.Forward(batch.Inputs, ForwardContext.Inference), batch.Targets));
        }

        if (plan.HasFeatures)
            Mark(predictions, plan.Unfamiliar(inputs));
        return predictions;
    }

    private static void Mark(List<Prediction> predictions, string?[]? unfamiliar)
    {
        for (var i = 0; i < predictions.Count; i++)
            (predictions[i].IsChecked, predictions[i].Unfamiliar) = (true, unfamiliar?[i]);
    }
}
