using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Data;

/// <summary>
/// Base of augmentations that move an image by whole pixels, rows and columns separately. Consecutive ones are joined
/// into one gather.
/// </summary>
public abstract record PlaceAugmentation : ImageAugmentation
{
    private protected sealed override bool Moves => true;

    /// <summary>The places hold the chance already.</summary>
    private protected sealed override double Chance => 1;

    /// <summary>Reads images from other places.</summary>
    /// <param name="images">(samples, channels, height, width).</param>
    /// <param name="rows">
    /// The source row of each row, (samples or 1, height), int64; the height stands for outside, where pixels are 0.
    /// </param>
    /// <param name="columns">
    /// The source column of each column, (samples or 1, width), int64; the width stands for outside.
    /// </param>
    internal static Tensor Read(Tensor images, Tensor rows, Tensor columns)
    {
        var (count, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        // One more row and column of zeros stand for outside.
        var places = rows.unsqueeze(2).mul(width + 1).add(columns.unsqueeze(1)).expand(count, height, width);
        return F.pad(images, [0, 1, 0, 1]).flatten(2)
            .gather(2, places.reshape(count, 1, height * width).expand(count, channels, height * width)).reshape(
                images.shape);
    }

    /// <summary>Draws the source rows and columns of each image, as <see cref="Read"/> takes them.</summary>
    internal (Tensor Rows, Tensor Columns) DrawPlaces(BatchRandom random, long height, long width, Device device)
    {
        var (rows, columns) = (arange(height, device: device), arange(width, device: device));
        var (movedRows, movedColumns) = Places(random, rows, columns);
        if (random.Happens(Probability)?.unsqueeze(1) is { } happens)
            (movedRows, movedColumns) = (where(happens, movedRows, rows), where(happens, movedColumns, columns));
        return (movedRows.reshape(-1, height), movedColumns.reshape(-1, width));
    }

    /// <summary>Draws the source rows and columns of a changed image.</summary>
    /// <param name="random">Source of random numbers.</param>
    /// <param name="rows">The number of each row (height), int64.</param>
    /// <param name="columns">The number of each column (width), int64.</param>
    /// <returns>Rows (height) or (samples, height) and columns, as <see cref="Read"/> takes them.</returns>
    private protected abstract (Tensor Rows, Tensor Columns) Places(BatchRandom random, Tensor rows, Tensor columns);

    private protected sealed override Func<Tensor, Tensor> Draw(BatchRandom random, Tensor images)
    {
        var (rows, columns) = DrawPlaces(random, images.shape[2], images.shape[3], images.device);
        return batch => Read(batch, rows, columns);
    }
}
