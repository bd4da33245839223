using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Flattens a sample to one axis, such as an image before a Dense layer.</summary>
/// <remarks>Any shape to its size. PyTorch's <c>nn.Flatten</c>.</remarks>
[CatalogEntry("Flatten")]
public sealed record Flatten : UnaryLayer
{
    protected override Shape OutputShape(Shape input) => new(input.Size);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var size = builder.Input.Size;
        return (x, _) => x.reshape(x.shape[0], size);
    }
}
