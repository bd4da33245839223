using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
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
        if (plan.Label!.Text is not null)
            return [];
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
        if (plan.Label!.Text is not null)
            return TextPredictor.Predict(model, inputs, options, threads, cancel);
        plan.Require(inputs);
        // An autoencoder's target is in the inputs; other labels are not.
        var encoded = plan.Encode(inputs, withLabel: plan.Label.IsInput);
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
            var lengths = LengthsOf(network, plan.Label, batch.Inputs);
            var own = writer.Of(network.Forward(batch.Inputs, ForwardContext.Inference), batch.Targets, lengths);
            predictions.AddRange(options.Layer is null ? own : Represented(own, network, options, batch.Inputs));
        }

        if (plan.HasFeatures)
            Mark(predictions, plan.Unfamiliar(inputs));
        return predictions;
    }

    /// <summary>The predictions with the output of a layer.</summary>
    internal static IEnumerable<Prediction> Represented(IEnumerable<Prediction> predictions, Network network,
        PredictionOptions options, Tensor[] inputs)
    {
        var place = TrainedLayers.PlaceOf(network, options.Layer!);
        var output = network.ForwardNodes(inputs, ForwardContext.Inference)[place];
        var (name, shape) = (options.As ?? network.Nodes[place].Name, network.Nodes[place].OutputShape);
        var values = output.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        return predictions.Select((prediction, i) => prediction with
        {
            Further = [.. prediction.Further, new(name, shape.Rank == 0 ? values[i]
                : NestedArray.Of<float>(values.AsSpan(i * (int)shape.Size, (int)shape.Size), shape))],
        }).ToArray();
    }

    /// <summary>The steps of each sample, where the label has a value for each step of an input whose arrays differ in
    /// length; else null.</summary>
    private static int[]? LengthsOf(Network network, LabelPlan label, Tensor[] inputs)
    {
        var input = network.Inputs.Index().Where(pair => pair.Item.IsPadded).Select(pair => pair.Index)
            .FirstOrDefault(-1);
        if (!label.IsPadded || input < 0 || network.Inputs[input].Shape[0] != label.Shape[0])
            return null;
        return network.LengthsOf(input, inputs[input]).to(ScalarType.Int32).cpu().data<int>().ToArray();
    }

    private static void Mark(List<Prediction> predictions, string?[]? unfamiliar)
    {
        for (var i = 0; i < predictions.Count; i++)
            (predictions[i].IsChecked, predictions[i].Unfamiliar) = (true, unfamiliar?[i]);
    }
}
