using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The logarithm of Softmax, computed in a numerically stable way.</summary>
/// <remarks>PyTorch's <c>nn.LogSoftmax(1)</c>.</remarks>
[CatalogEntry("LogSoftmax")]
public sealed record LogSoftmax : ClassAxis
{
    public override Tensor Apply(Tensor input) => input.log_softmax(Axis);
}
