using DeepPS.Common;
using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>Sets the smallest weights to 0 and keeps them there: magnitude pruning, as in Han, Pool, Tran and Dally,
/// Learning both Weights and Connections for Efficient Neural Networks (2015). PyTorch's <c>prune.l1_unstructured</c>
/// and, with one threshold for all layers, <c>prune.global_unstructured</c>.</summary>
public sealed record Pruning : Compression
{
    /// <summary>Makes the pruning of a share of the weights.</summary>
    /// <param name="sparsity">The share of the weights that become 0, from 0 to below 1.</param>
    /// <param name="isGlobal">Whether the smallest weights of all layers together become 0, instead of that share of
    /// each weight.</param>
    /// <exception cref="DlException"><c>CompressionSetting</c>: it is no share.</exception>
    public Pruning(double sparsity, bool isGlobal = false)
    {
        if (!(sparsity is >= 0 and < 1))
            throw new DlException("CompressionSetting", DlErrorKind.InvalidArgument, FormattableString.Invariant(
                $"Expected a sparsity from 0 to below 1, the share of the weights to remove; got {sparsity}."),
                sparsity);
        (Sparsity, IsGlobal) = (sparsity, isGlobal);
    }

    /// <summary>The share of the weights that become 0.</summary>
    public double Sparsity { get; }

    /// <summary>Whether the smallest weights of all layers together become 0.</summary>
    public bool IsGlobal { get; }

    /// <inheritdoc/>
    public override string Name =>
        FormattableString.Invariant($"Sparsity {Sparsity}") + (IsGlobal ? " global" : "");

    internal override bool TakesShared => true;

    private double? Threshold { get; init; }

    internal override Compression For(IReadOnlyList<LayerValues> layers)
    {
        if (!IsGlobal)
            return this;
        var all = layers.SelectMany(values => values.Names.Where(name => IsWeight(values, name))
            .Select(name => Magnitude(values, name).flatten())).ToArray();
        return all.Length == 0 ? this : this with { Threshold = ThresholdOf(cat(all)) };
    }

    internal override LayerChange Change(Layer layer, LayerValues values)
    {
        var weights = values.Names.Where(name => IsWeight(values, name)).ToArray();
        if (weights.Length == 0)
            return LayerChange.None($"it is a {layer.Entry.Name} without a weight matrix", NotCompressible);
        var changed = values.Names.Except(weights).Select(name => (name, (Tensor?)values[name])).ToList();
        var (lost, whole) = (0.0, 0.0);
        foreach (var name in weights)
        {
            var value = values[name].detach();
            var size = Magnitude(values, name);
            var mask = Threshold is { } threshold ? size.gt(threshold) : Largest(size);
            if (values.MaskOf(name) is { } earlier)
                mask = mask.logical_and(earlier);
            changed.Add((name, value.mul(mask)));
            changed.Add((name + Parameter.MaskSuffix, mask));
            lost += Squares(value.mul(mask.logical_not()));
            whole += Squares(value);
        }

        return LayerChange.To(layer with { Pruned = true }, changed) with
        {
            Error = Factors.RelativeError(lost, whole),
        };
    }

    /// <summary>The largest of the magnitudes to remove; below 0 if there are none.</summary>
    private double ThresholdOf(Tensor magnitudes) => Removed(magnitudes) is var removed and > 0
        ? magnitudes.kthvalue(removed, 0).values.ToDouble() : -1;

    /// <summary>True for all but the smallest; of equal ones the first are removed.</summary>
    private Tensor Largest(Tensor magnitudes)
    {
        var order = magnitudes.flatten().sort(stable: true).Indices;
        return ones(magnitudes.numel(), ScalarType.Bool, magnitudes.device)
            .index_fill_(0, order.narrow(0, 0, Removed(magnitudes)), 0).reshape(magnitudes.shape);
    }

    private long Removed(Tensor magnitudes) => (long)Math.Round(Sparsity * magnitudes.numel());

    private static Tensor Magnitude(LayerValues values, string name) =>
        values[name].detach().abs().to(ScalarType.Float64);

    private static double Squares(Tensor tensor) => tensor.to(ScalarType.Float64).square().sum().ToDouble();

    private static bool IsWeight(LayerValues values, string name) => WeightMask.Suits(name, values[name].shape.Length);
}
