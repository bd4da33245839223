using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>The mean of the numbers in each window of a volume.</summary>
/// <remarks>
/// channels x depth x height x width to the same with smaller sizes. It is PyTorch's <c>nn.AvgPool3d</c>.
/// </remarks>
[CatalogEntry("AvgPool3d", "AveragePool3d")]
public sealed record AvgPool3d : AvgPooling
{
    private protected override int Axes => 3;

    /// <inheritdoc/>
    /// <remarks>PyTorch refuses a volume smaller than the window here even where padding makes up for it.</remarks>
    protected override Shape OutputShape(Shape input)
    {
        var output = base.OutputShape(input);
        return input.Skip(1).Zip(KernelSize.For(Axes)).All(axis => axis.First >= axis.Second) ? output
            : throw new ShapeException($"{SpatialAxes.Of(Axes).Wants}, no axis shorter than KernelSize {KernelSize}", input);
    }

    private protected override Tensor Pool(Tensor input, Window window) => F.avg_pool3d(input, window.Kernel,
        window.Stride, window.Padding, CeilMode, CountIncludePad);
}
