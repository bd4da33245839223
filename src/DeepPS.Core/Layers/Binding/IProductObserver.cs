using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Sees the products of layers with their weights in a forward pass.</summary>
internal interface IProductObserver
{
    /// <summary>Called with a product before its activation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The input.</param>
    /// <param name="weight">The weight; a parameter's own tensor, unless the layer computes it.</param>
    /// <param name="output">The product with the bias.</param>
    /// <returns>The product to continue with.</returns>
    Tensor See(WeightedLayer layer, Tensor input, Tensor weight, Tensor output);
}
