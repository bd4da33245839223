using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Pastes a rectangle of another image of the batch into each image and weights their losses by area.
/// </summary>
/// <remarks>
/// From Yun and others, CutMix (2019). The rectangle lies anywhere and is cut off at the image's edges.
/// </remarks>
[CatalogEntry("CutMix")]
public sealed record CutMix : MixAugmentation
{
    internal override string? Refuses(IReadOnlyList<InputPlan> inputs, LabelPlan label) =>
        inputs is [{ Shape.Rank: 3, HoldsIds: false, IsPadded: false }] ? null
            : IsFor("one input of images, channels x height x width", inputs);

    /// <summary>A rectangle about a centre, and the share of the image that it leaves.</summary>
    /// <param name="share">The share to leave, a tensor of no axes.</param>
    /// <param name="row">The centre's row, a tensor of no axes.</param>
    /// <param name="column">The centre's column.</param>
    /// <param name="height">The images' height.</param>
    /// <param name="width">The images' width.</param>
    internal static (Boxes Box, Tensor Share) Box(Tensor share, Tensor row, Tensor column, long height, long width)
    {
        var side = share.neg().add(1).sqrt();
        var (top, bottom) = Ends(row, height);
        var (left, right) = Ends(column, width);
        var box = new Boxes(top, left, bottom.sub(top), right.sub(left));
        return (box, box.Height.mul(box.Width).div(height * width).neg().add(1).reshape([]));

        (Tensor From, Tensor To) Ends(Tensor middle, long size)
        {
            var half = side.mul(size).floor().div(2).floor();
            return (middle.sub(half).clamp(0, size).reshape(1), middle.add(half).clamp(0, size).reshape(1));
        }
    }

    private protected override (Tensor Share, Func<Tensor, Tensor> Mix) Draw(
        BatchRandom random, Tensor share, Tensor order, long[] sizes)
    {
        var (height, width) = (sizes[2], sizes[3]);
        var (box, left) = Box(share, random.One(height), random.One(width), height, width);
        return (left, images => where(box.Cover(height, width), images.index_select(0, order), images));
    }
}
