using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Resizes a signal, an image or a volume, by a scale or to a size.</summary>
/// <remarks>channels x sizes to channels x other sizes. PyTorch's <c>nn.Upsample</c>.</remarks>
[CatalogEntry("Upsample", "UpSampling2d", "Interpolate")]
public sealed record Upsample : UnaryLayer
{
    /// <summary>The factor of each axis; sizes are rounded down.</summary>
    [Setting(Position = 0)]
    public double Scale { get; init; } = 2;

    /// <summary>Optional: the output's size along each axis, in place of Scale.</summary>
    [Setting]
    public Dims? Size { get; init; }

    /// <summary>The interpolation: Linear is for signals, Bilinear and Bicubic for images, Trilinear for
    /// volumes.</summary>
    [Setting(Position = 1)]
    public Interpolation Mode { get; init; }

    /// <summary>Whether the first and last values keep their places, in the linear and cubic modes.</summary>
    [Setting]
    public bool AlignCorners { get; init; }

    protected internal override void Validate()
    {
        if (!(Scale > 0))
            throw SettingProblem.Of(this, nameof(Scale), "a number above 0", Scale);
        if (Size is { } size)
            SpatialAxes.Of(Math.Clamp(size.Count, 1, 3)).Numbers(this, nameof(Size), size, 1);
        if (AlignCorners && !Blends)
            throw SettingProblem.Of(this, nameof(AlignCorners), $"false where Mode is {Mode}", AlignCorners);
    }

    protected override Shape OutputShape(Shape input)
    {
        Validate();
        var axes = SpatialAxes.Of(input);
        if (ModeAxes is { } count && count != axes.Count)
            throw new ShapeException($"{SpatialAxes.Of(count).Needs} for Mode {Mode}", input);
        var sizes = Size is { } size ? axes.Numbers(this, nameof(Size), size, 1)
            : input.Skip(1).Select(length => (long)(length * Scale)).ToArray();
        return sizes.All(length => length > 0) ? new Shape([input[0], .. sizes])
            : throw new ShapeException($"{axes.Needs}, each axis long enough that {Scale} times it is 1 or more",
                input);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var size = Size is null ? null : OutputShape(builder.Input).Skip(1).ToArray();
        var scale = Size is null ? Enumerable.Repeat(Scale, builder.Input.Rank - 1).ToArray() : null;
        return (x, _) => F.interpolate(x, size, scale, Torchs, Blends ? AlignCorners : null);
    }

    /// <summary>The number of axes of the mode; null for any.</summary>
    private int? ModeAxes => Mode switch
    {
        Interpolation.Linear => 1,
        Interpolation.Bilinear or Interpolation.Bicubic => 2,
        Interpolation.Trilinear => 3,
        _ => null,
    };

    private bool Blends => ModeAxes is not null;

    private InterpolationMode Torchs => Mode switch
    {
        Interpolation.Linear => InterpolationMode.Linear,
        Interpolation.Bilinear => InterpolationMode.Bilinear,
        Interpolation.Trilinear => InterpolationMode.Trilinear,
        Interpolation.Bicubic => InterpolationMode.Bicubic,
        Interpolation.NearestExact => InterpolationMode.NearestExact,
        Interpolation.Area => InterpolationMode.Area,
        _ => InterpolationMode.Nearest,
    };
}
