using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Brings each sample's channels, a group of them together, to mean 0 and deviation 1, then scales and shifts each channel
/// as learned.
/// </summary>
/// <remarks>
/// features or channels x sizes, kept. Parameters where <see cref="Affine"/>: <c>weight</c> and <c>bias</c> (channels). It
/// is PyTorch's <c>nn.GroupNorm</c>. From Wu and He (2018).
/// </remarks>
[CatalogEntry("GroupNorm", "GroupNormalization")]
public sealed record GroupNorm : UnaryLayer
{
    /// <summary>Into how many groups the channels are parted.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Groups { get; init; } = 1;

    /// <summary>What is added to the variance, so that nothing is divided by 0.</summary>
    [Setting(Minimum = 0)]
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether a scale and a shift are learned for each channel.</summary>
    [Setting]
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    protected override Shape OutputShape(Shape input) =>
        input.Rank >= 1 && input[0] % Groups == 0 && input.Size > Groups ? input
        : throw new ShapeException($"channels in {Groups} equal groups, with two numbers or more in each", input);

    /// <inheritdoc/>
    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        long[] channels = [builder.Input[0]];
        var weight = Affine ? builder.Parameter("weight", channels, new Ones()) : null;
        var bias = Affine ? builder.Parameter("bias", channels, new Zeros()) : null;
        return (x, _) => F.group_norm(x, Groups, weight?.Value, bias?.Value, Epsilon);
    }
}
