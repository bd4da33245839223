using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Consecutive augmentations that move images by whole pixels, joined into one.</summary>
internal sealed record PlaceRun : PlaceAugmentation
{
    private readonly IReadOnlyList<PlaceAugmentation> parts;

    private PlaceRun(IReadOnlyList<PlaceAugmentation> parts) => this.parts = parts;

    /// <summary>Joins the augmentations that can be one.</summary>
    public static IEnumerable<Augmentation> Join(IEnumerable<Augmentation> augmentations)
    {
        var run = new List<PlaceAugmentation>();
        foreach (var augmentation in augmentations)
        {
            if (augmentation is PlaceAugmentation part)
            {
                run.Add(part);
                continue;
            }

            if (run.Count > 0)
                yield return new PlaceRun(run.ToArray());
            run.Clear();
            yield return augmentation;
        }

        if (run.Count > 0)
            yield return new PlaceRun(run);
    }

    private protected override (Tensor Rows, Tensor Columns) Places(BatchRandom random, Tensor rows, Tensor columns)
    {
        var (height, width, device) = (rows.shape[0], columns.shape[0], rows.device);
        var (fromRows, fromColumns) = (rows.unsqueeze(0), columns.unsqueeze(0));
        foreach (var part in parts)
        {
            var (nextRows, nextColumns) = part.DrawPlaces(random, height, width, device);
            (fromRows, fromColumns) = (Through(fromRows, nextRows), Through(fromColumns, nextColumns));
        }

        return (fromRows, fromColumns);
    }

    /// <summary>
    /// The sources of the sources: two moves as one. The number after the last stands for outside in both.
    /// </summary>
    private static Tensor Through(Tensor before, Tensor next)
    {
        var samples = Math.Max(before.shape[0], next.shape[0]);
        var outside = full([samples, 1], before.shape[1], dtype: ScalarType.Int64, device: before.device);
        return cat([before.expand(samples, -1), outside], 1).gather(1, next.expand(samples, -1));
    }
}
