using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>How much the output falls if a part of the input is replaced by the baseline: a patch of an image, a
/// column, a token, a number of an array.</summary>
/// <remarks>Zeiler and Fergus, Visualizing and understanding convolutional networks (2014). A pixel under several
/// patches has their mean. It needs no gradient. The baseline is that of IntegratedGradients.</remarks>
[CatalogEntry("Occlusion")]
public sealed record Occlusion : AttributionMethod
{
    private const int PatchesPerSide = 7;

    /// <summary>The side of the patches in pixels. Default: a seventh of the image's shorter side.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int? Size { get; init; }

    /// <summary>The distance between patches in pixels. Default: half of Size.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int? Stride { get; init; }

    internal override Tensor[] Attribute(ExplainedBatch batch, CancellationToken cancel)
    {
        using var noGradient = no_grad();
        var whole = batch.Scores(batch.Values);
        return batch.Values.Select((values, i) => Attribute(batch, i, whole, cancel)).ToArray();
    }

    private Tensor Attribute(ExplainedBatch batch, int place, Tensor whole, CancellationToken cancel)
    {
        var (values, baseline) = (batch.Values[place], batch.Baselines[place]);
        var masks = Masks(batch.Model.Leaves[place], values);
        var (sums, counts) = (zeros_like(values), zeros_like(values.narrow(0, 0, 1)));
        var atOnce = Math.Max(1, ImportanceMeter.BatchSize(batch.Model.Network) / batch.Count);
        foreach (var some in masks.Chunk(atOnce))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // (parts, samples, ...): 1 where the baseline is.
            var mask = stack(some.Select(make => make()).ToArray());
            var covered = where(mask.to(ScalarType.Bool), baseline.unsqueeze(0), values.unsqueeze(0));
            var rows = covered.reshape([some.Length * batch.Count, .. values.shape[1..]]);
            var leaves = batch.Values.Select((other, i) => i == place ? rows
                : ExplainedBatch.Tiled(other, some.Length)).ToArray();
            var fall = whole.unsqueeze(0).sub(batch.Scores(leaves).reshape(some.Length, batch.Count));
            sums.add_(fall.reshape([some.Length, batch.Count, .. values.shape.Skip(1).Select(_ => 1L)])
                .mul(mask).sum([0]));
            counts.add_(mask.sum([0]));
        }

        // Columns of several numbers are covered as a whole: each number has its share.
        return sums.div(counts.clamp_min(1)).mul(Share(batch.Model.Leaves[place], values));
    }

    /// <summary>The parts that are covered one after the other, (1, ...) of 0 and 1.</summary>
    private IEnumerable<Func<Tensor>> Masks(ExplainedLeaf leaf, Tensor values)
    {
        if (leaf.IsImage)
            return Patches(values);
        if (leaf.Column is not null)
            return [() => ones_like(values.narrow(0, 0, 1))];
        if (leaf.Weight is not null)
            return Enumerable.Range(0, (int)values.shape[1]).Select(token => Cover(values, (1, token, 1)));
        if (!InputPart.IsWhole(leaf.Plan))
            return InputPart.Widths(leaf.Plan).Where(part => !part.IsCode)
                .Select(part => Cover(values, (1, part.First, part.Width)));
        return Enumerable.Range(0, (int)leaf.Plan.Shape.Size).Select(number => (Func<Tensor>)(() =>
        {
            var mask = zeros_like(values.narrow(0, 0, 1));
            mask.reshape(-1).narrow(0, number, 1).fill_(1);
            return mask;
        }));
    }

    private IEnumerable<Func<Tensor>> Patches(Tensor values)
    {
        var (height, width) = ((int)values.shape[2], (int)values.shape[3]);
        var size = Math.Min(Size ?? Math.Max(1, Math.Min(height, width) / PatchesPerSide), Math.Min(height, width));
        var stride = Stride ?? Math.Max(1, size / 2);
        foreach (var top in Starts(height))
            foreach (var left in Starts(width))
                yield return Cover(values, (2, top, size), (3, left, size));

        IEnumerable<int> Starts(int length)
        {
            for (var start = 0; start < length - size; start += stride)
                yield return start;
            yield return length - size;
        }
    }

    private static Func<Tensor> Cover(Tensor values, params (int Axis, int First, int Count)[] places) => () =>
    {
        var mask = zeros_like(values.narrow(0, 0, 1));
        places.Aggregate(mask, (part, place) => part.narrow(place.Axis, place.First, place.Count)).fill_(1);
        return mask;
    };

    private static Tensor Share(ExplainedLeaf leaf, Tensor values)
    {
        var share = ones_like(values.narrow(0, 0, 1));
        if (leaf.IsImage)
            return share.div(values.shape[1]);
        if (leaf.Weight is not null)
            return share.div(values.shape[^1]);
        if (!InputPart.IsWhole(leaf.Plan))
            foreach (var part in InputPart.Widths(leaf.Plan))
                share.narrow(1, part.First, part.Width).div_(part.Width);
        return share;
    }
}
