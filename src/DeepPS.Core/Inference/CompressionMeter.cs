using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Inference;

/// <summary>Measures a trained model with compressed layers: error against size.</summary>
/// <param name="model">The model, which stays as it is.</param>
/// <param name="data">The data to measure on; null: sizes and errors of weights alone.</param>
/// <param name="metrics">The metrics; null for the defaults.</param>
public sealed class CompressionMeter(Model model, Dataset? data, IReadOnlyList<Metric>? metrics = null)
{
    private readonly ModelSize size = ModelSize.Of(model);

    /// <summary>Called with the reason why a layer stays as it is.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Called with the share of the work that is done.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>The model as it is, then each way.</summary>
    /// <param name="ways">The ways.</param>
    /// <param name="layers">The names of the layers.</param>
    /// <param name="whole">Whether all of the layers are compressed at once, instead of one after the other.</param>
    /// <param name="strict">The names of layers that must be possible.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A row for each way and layer that becomes smaller, or for each way.</returns>
    /// <exception cref="DlException">As <see cref="ModelCompressor.Compress"/>; or the data does not fit.</exception>
    public IEnumerable<CompressionRow> Measure(IReadOnlyList<Compression> ways, IReadOnlyList<string> layers,
        bool whole, IReadOnlyCollection<string> strict, CancellationToken cancel = default)
    {
        yield return Row(model, [], "None", cancel);
        IReadOnlyList<string>[] parts = whole ? [layers] : layers.Select(layer => (string[])[layer]).ToArray();
        var (done, all) = (0, ways.Count * parts.Length);
        foreach (var way in ways)
            foreach (var part in parts)
            {
                cancel.ThrowIfCancellationRequested();
                var compressed = ModelCompressor.Compress(model, way, part, strict, cancel);
                using var smaller = compressed.Model;
                foreach (var left in compressed.Layers.Where(layer => layer.Reason.Length > 0))
                    Log?.Invoke($"Layer '{left.Layer}' is left as it is with {way}: {left.Reason}.");
                var changed = compressed.Layers.Where(layer => layer.Reason.Length == 0).ToArray();
                if (changed.Length > 0)
                    yield return Row(smaller, changed, way.Name, cancel) with
                    {
                        Layer = whole ? "*" : changed[0].Layer,
                        Type = whole ? "" : changed[0].Type,
                        Rank = whole ? null : changed[0].Rank,
                        WeightError = whole ? null : changed[0].WeightError,
                    };
                Progress?.Invoke(++done / (double)all);
            }
    }

    private CompressionRow Row(Model measured, LayerCompression[] changed, string method, CancellationToken cancel)
    {
        var before = changed.Aggregate(default(ModelSize), (sum, layer) => sum + layer.Before);
        var after = changed.Aggregate(default(ModelSize), (sum, layer) => sum + layer.After);
        if (changed.Length == 0)
            before = after = size;
        var evaluation = data is null ? null : Evaluator.Measure(measured, data, metrics: metrics, cancel: cancel);
        return new CompressionRow
        {
            Layer = "*",
            Type = "",
            Method = method,
            Parameters = before.Parameters,
            CompressedParameters = after.Parameters,
            Bytes = before.Bytes,
            CompressedBytes = after.Bytes,
            ModelBytes = size.Bytes - before.Bytes + after.Bytes,
            Loss = evaluation?.Loss,
            MetricValues = evaluation?.Metrics() ?? [],
        };
    }
}
