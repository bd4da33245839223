using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Instance normalization: each channel of each sample gets mean 0 and deviation 1.</summary>
/// <remarks>channels x length, channels x height x width or channels x depth x height x width, unchanged. Parameters if
/// <see cref="NormalizationLayer.Affine"/>: <c>weight</c> and <c>bias</c> (channels). Buffers if
/// <see cref="TrackStatistics"/>: <c>running_mean</c> and <c>running_var</c> (channels), used outside training, and
/// <c>num_batches_tracked</c>, which stays 0. PyTorch's <c>nn.InstanceNorm1d</c>, <c>2d</c> and <c>3d</c>. From
/// Ulyanov, Vedaldi and Lempitsky (2016).</remarks>
[CatalogEntry("InstanceNorm", "InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d")]
public sealed record InstanceNorm : NormalizationLayer
{
    /// <summary>Makes a layer without scale and shift, as in PyTorch.</summary>
    public InstanceNorm() => Affine = false;

    /// <summary>The weight of each batch in the running statistics.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Momentum { get; init; } = 0.1;

    /// <summary>Whether to keep running statistics in training and use them outside it.</summary>
    [Setting]
    public bool TrackStatistics { get; init; }

    protected override Shape OutputShape(Shape input)
    {
        var axes = SpatialAxes.Of(input);
        return input.Size > input[0] ? input
            : throw new ShapeException($"{axes.Needs} with two numbers or more a channel", input);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        long[] channels = [builder.Input[0]];
        var (weight, bias) = BuildAffine(builder, channels);
        var mean = TrackStatistics ? builder.Buffer("running_mean", channels, new Zeros()) : null;
        var variance = TrackStatistics ? builder.Buffer("running_var", channels, new Ones()) : null;
        if (TrackStatistics)
            builder.Buffer("num_batches_tracked", [], () => zeros([], dtype: ScalarType.Int64));
        return (x, context) => F.instance_norm(x, mean?.Value, variance?.Value, weight?.Value, bias?.Value,
            context.Training || !TrackStatistics, Momentum, Epsilon);
    }
}
