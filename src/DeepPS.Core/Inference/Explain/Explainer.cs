using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Explains outputs of a model: what each part of a sample contributes.</summary>
public static class Explainer
{
    private const int LargestBatch = 100;

    /// <summary>The samples that a model makes of data: windows of the rows of a time series, else the rows.</summary>
    public static Dataset Samples(Model model, Dataset data) => model.Trained().Plan.Series?.WindowsOf(data) ?? data;

    /// <summary>The explanation of each row, one by one.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the columns of the training data; it needs no label.</param>
    /// <param name="rows">The rows to explain, by number from 0.</param>
    /// <param name="method">The method.</param>
    /// <param name="name">The class to explain, or one of several numbers; null for the predicted class.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>AttributionUse</c>: the method cannot explain such a
    /// model; <c>NoGradient</c>, <c>ExplainedLabel</c>; <c>ClassNotFound</c>; <c>LayerNotFound</c>; or the data does
    /// not fit the model.</exception>
    public static IEnumerable<AttributedSample> Explain(Model model, Dataset data, IReadOnlyList<int> rows,
        AttributionMethod method, string? name = null, CancellationToken cancel = default)
    {
        TorchRuntime.Ensure();
        var explained = new ExplainedModel(model);
        if (method.Refuses(explained) is { } problem)
            throw new DlException("AttributionUse", DlErrorKind.InvalidArgument,
                $"Method {method.Entry.Name} {problem}. Use another method: Get-DlCatalog Attribution lists them.",
                method);
        var named = name is null ? (int?)null : explained.ClassOf(name);
        var chosen = data.Take(rows.ToArray());
        explained.Plan.Require(chosen);
        using var samples = new DeviceData(explained.Plan.Encode(chosen, withLabel: false),
            TorchRuntime.Device(model.Device));
        var reader = new AttributionReader(explained, chosen, method.AddsUp);
        for (var first = 0; first < samples.Count; first += LargestBatch)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var sample in Batch(first, Math.Min(LargestBatch, samples.Count - first)))
                yield return sample;
        }

        AttributedSample[] Batch(int first, int count) => Undisturbed.Run(() =>
        {
            using var turn = ThreadTurn.Take(Threads.Count(null));
            using var scope = NewDisposeScope();
            var batch = Of(explained, samples.Range(first, count).Inputs, named);
            var attributions = method.Attribute(batch, cancel);
            using var noGradient = no_grad();
            return reader.Read(batch, attributions, first, rows);
        });
    }

    /// <summary>Samples, each with a class to explain.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The network's inputs.</param>
    /// <param name="named">The class; null for that which is predicted.</param>
    internal static ExplainedBatch Of(ExplainedModel model, Tensor[] inputs, int? named)
    {
        using var noGradient = no_grad();
        var classes = named is { } place
            ? full(inputs[0].shape[0], place, dtype: ScalarType.Int64, device: inputs[0].device)
            : model.Predicted(model.Network.Forward(inputs, ForwardContext.Inference));
        return new ExplainedBatch(model, inputs, classes);
    }
}
