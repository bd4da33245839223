using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Batches by hand, augmented without a training.</summary>
internal static class Augmented
{
    /// <summary>A plan of images of pixels with a label of classes.</summary>
    public static DataPlan Plan(Shape shape) => DataPlan.Fit(Pictures(shape, 4));

    /// <summary>Images of random pixels, half of each of two classes.</summary>
    public static Dataset Pictures(Shape shape, int count, int seed = 1)
    {
        var pixels = new byte[count * shape.Size];
        new Random(seed).NextBytes(pixels);
        return new Dataset("pictures", [new ImageColumn("Image", pixels, shape),
            new CategoryColumn("Label", Enumerable.Range(0, count).Select(i => i % 2).ToArray(), ["a", "b"])], "Label");
    }

    /// <summary>The augmenter of a training with a seed.</summary>
    public static BatchAugmenter Augmenter(int seed, DataPlan plan, params Augmentation[] augmentations)
    {
        BatchAugmenter.Check(augmentations, plan);
        return BatchAugmenter.For(augmentations, seed, plan, CPU)!;
    }

    /// <summary>Augments images (samples, channels, height, width), from 0 to 1.</summary>
    public static Tensor Images(Tensor images, int seed, params Augmentation[] augmentations)
    {
        using var augmenter = Augmenter(seed, Plan(new Shape(images.shape[1..])), augmentations);
        return augmenter.Apply(new Batch([images], zeros(images.shape[0], dtype: ScalarType.Int64), null)).Inputs[0];
    }
}
