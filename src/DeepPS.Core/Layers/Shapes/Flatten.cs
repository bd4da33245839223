using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Puts all numbers of a sample on one axis, such as an image's before a Dense layer.</summary>
/// <remarks>Any shape to its size. It is PyTorch's <c>nn.Flatten</c>.</remarks>
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
