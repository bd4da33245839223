using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Augmented views of images, as in training.</summary>
internal static class AugmentedViews
{
    private const int BatchSize = 256;

    /// <summary>Makes several views of each image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="augmentations">The augmentations, in order. Those that change only labels are skipped.</param>
    /// <param name="views">The number of views per image.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="DlException"><c>AugmentationUse</c>: an augmentation does not support such images.</exception>
    public static IReadOnlyList<Picture>[] Of(
        ImageColumn images, IReadOnlyList<Augmentation> augmentations, int views, int seed, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        // A new column has no pixel standardization, so numbers from 0 to 1 convert back to bytes.
        var data = new Dataset("images", [new ImageColumn(images.Name, images.Pixels, images.Shape)]);
        var plan = DataPlan.Fit(data);
        plan = plan.With(LabelPlan.OfInput(plan.InputShape));
        augmentations = augmentations.Where(each => each is not LabelNoise).ToArray();
        BatchAugmenter.Check(augmentations, plan);
        using var noGradient = no_grad();
        using var augmenter = BatchAugmenter.For(augmentations, seed, plan, CPU);
        using var samples = new DeviceData(plan.Encode(data, withLabel: true), CPU);
        var pictures = new List<Picture>[images.Count];
        for (var first = 0; first < images.Count; first += BatchSize)
        {
            var count = Math.Min(BatchSize, images.Count - first);
            for (var i = 0; i < count; i++)
                pictures[first + i] = [];
            for (var view = 0; view < views; view++)
            {
                cancel.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var batch = samples.Range(first, count);
                var bytes = Bytes((augmenter?.Apply(batch) ?? batch).Inputs[0]);
                var size = (int)images.Shape.Size;
                for (var i = 0; i < count; i++)
                    pictures[first + i].Add(Picture.Of(bytes.AsSpan(i * size, size), images.Shape));
            }
        }

        return pictures;
    }

    private static byte[] Bytes(Tensor images) =>
        images.mul(255).round().clamp(0, 255).to(ScalarType.Byte).contiguous().data<byte>().ToArray();
}
