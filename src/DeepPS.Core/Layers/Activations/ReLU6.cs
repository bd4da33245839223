using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x clamped to the range from 0 to 6.</summary>
/// <remarks>PyTorch's <c>nn.ReLU6</c>. From Krizhevsky (2010).</remarks>
[CatalogEntry("ReLU6")]
public sealed record ReLU6 : FixedActivation
{
    public override Tensor Apply(Tensor input) => F.relu6(input);

    public override Tensor ApplyInPlace(Tensor input) => F.relu6(input, inplace: true);
}
