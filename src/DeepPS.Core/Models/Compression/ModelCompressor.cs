using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>Makes a trained model smaller: a new model with the same data plan, whose layers take less room.</summary>
public static class ModelCompressor
{
    /// <summary>The names of the layers of a trained model that have weights: those inside other layers with the names
    /// around them, as <c>residual1.body.conv2d1</c>.</summary>
    /// <exception cref="DlException"><c>ModelNotTrained</c>.</exception>
    public static IReadOnlyList<string> Names(Model model)
    {
        var network = model.Trained().Network;
        return LayerRewriter.All(network).Where(layer => new LayerValues(network, layer.Path).Names.Any())
            .Select(layer => layer.Path).ToArray();
    }

    /// <summary>Compresses layers of a trained model.</summary>
    /// <param name="model">The model, which stays as it is.</param>
    /// <param name="how">The way.</param>
    /// <param name="layers">The names of the layers; null for all. Those that would not become smaller stay.</param>
    /// <param name="strict">The names of those that must be possible: if one is not, that is an error.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>LayerNotCompressible</c>, <c>RankTooLarge</c>,
    /// <c>TensorTrainMode</c>: a layer by name cannot be compressed in this way.</exception>
    public static CompressedModel Compress(Model model, Compression how, IReadOnlyCollection<string>? layers = null,
        IReadOnlyCollection<string>? strict = null, CancellationToken cancel = default)
    {
        var compressed = Changed(model, how, layers, strict ?? [], cancel);
        compressed.Model.MoveTo(model.Device);
        return compressed;
    }

    private static CompressedModel Changed(Model model, Compression how, IReadOnlyCollection<string>? layers,
        IReadOnlyCollection<string> strict, CancellationToken cancel)
    {
        var network = model.Trained().Network;
        using var turn = ThreadTurn.Take(Threads.Count(null));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var chosen = Names(model).Where(path => layers?.Contains(path) ?? true).ToHashSet();
        var rewriter = new LayerRewriter(network, chosen.Contains);
        how = how.For(chosen.Select(path => new LayerValues(network, path)).ToArray());
        var rows = new List<LayerCompression>();
        var changed = rewriter.Rewrite((path, layer, isShared) =>
        {
            cancel.ThrowIfCancellationRequested();
            var values = new LayerValues(network, path);
            var change = isShared && !how.TakesShared
                ? LayerChange.None("other layers share its parameters", "LayerNotCompressible")
                : how.Change(layer, values);
            if (change.ErrorId is { } id && strict.Contains(path))
                throw new DlException(id, DlErrorKind.InvalidArgument,
                    $"Layer '{path}' cannot be compressed with {how}: {change.Reason}. Change the setting, or leave "
                    + "the layer out.", path);
            if (!values.HasWeight)
                return null;
            var (before, after) = (values.Size, SizeOf(change));
            if (change.Layer is not null && after.Bytes >= before.Bytes)
                change = LayerChange.None($"it would have {after.Parameters:N0} parameters in place of "
                    + $"{before.Parameters:N0}");
            rows.Add(new LayerCompression(path, layer.Entry.Name, how.Name, change.Rank, before,
                change.Layer is null ? before : after, change.Error, change.Reason));
            return change;
        });
        return new CompressedModel(NewModel(model, changed, rewriter.Values), rows);
    }

    private static ModelSize SizeOf(LayerChange change) => change.Size ?? change.Values
        .Where(value => !value.Key.EndsWith(Parameter.MaskSuffix, StringComparison.Ordinal))
        .Aggregate(default(ModelSize), (sum, value) =>
            sum + ModelSize.Of(value.Value, change.Values.GetValueOrDefault(value.Key + Parameter.MaskSuffix)));

    /// <summary>The model of changed layers: what did not change keeps its values.</summary>
    private static Model NewModel(Model model, IReadOnlyList<Layer> layers, Dictionary<string, Tensor> values)
    {
        var compressed = new Model(layers, (Shape?)null, model.Name, model.Seed);
        try
        {
            compressed.Become(model);
            // It was chosen for other weights.
            compressed.Decision = null;
            var old = model.Network!.State.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
            foreach (var parameter in compressed.Network!.State)
                parameter.Load(values.GetValueOrDefault(parameter.Name) ?? old[parameter.Name]);
            return compressed;
        }
        catch
        {
            compressed.Dispose();
            throw;
        }
    }
}
