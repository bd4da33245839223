using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What a trained model says of samples without labels.</summary>
public static class Predictor
{
    /// <summary>Predicts the label of each row.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="inputs">Rows with the columns that the model was trained on; see <see cref="DataPlan.Rows"/>.</param>
    /// <param name="cancel">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One prediction a row, in order.</returns>
    public static IReadOnlyList<Prediction> Predict(Model model, Dataset inputs, CancellationToken cancel = default)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = Evaluator.Trained(model);
        var encoded = plan.Encode(inputs, withLabel: false);
        Threads.Use(Threads.For(network, null));
        using var noGradient = no_grad();
        using var samples = new DeviceData(encoded, TorchRuntime.Device(model.Device));
        var reader = new OutputReader(plan.Label!);
        var predictions = new List<Prediction>(encoded.Count);
        for (var first = 0; first < encoded.Count; first += Evaluator.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (batch, _) = samples.Range(first, Math.Min(Evaluator.BatchSize, encoded.Count - first));
            var output = network.Forward(batch, ForwardContext.Inference);
            predictions.AddRange(plan.Label!.Kind == LabelKind.Number ? Numbers(output, reader) : Classes(output, loss, plan.Label));
        }

        return predictions;
    }

    private static IEnumerable<Prediction> Numbers(Tensor output, OutputReader reader) =>
        reader.Predictions(output).flatten().cpu().data<double>().ToArray().Select(value => new Prediction(value, null));

    private static IEnumerable<Prediction> Classes(Tensor output, Loss loss, LabelPlan label)
    {
        var (probability, index) = loss.Probabilities(output)!.max(1);
        var indexes = index.cpu().data<long>().ToArray();
        var values = probability.cpu().data<float>().ToArray();
        return indexes.Zip(values, (i, p) => new Prediction(label.Classes[(int)i], p));
    }
}
