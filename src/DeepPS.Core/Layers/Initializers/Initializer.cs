using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>How a parameter gets its first values.</summary>
[CatalogBase(CatalogKind.Initializer)]
public abstract record Initializer : CatalogItem
{
    /// <summary>Whether it fills matrices and kernels alone, not vectors such as biases.</summary>
    internal virtual bool MatrixOnly => false;

    /// <summary>Writes first values into a tensor.</summary>
    /// <param name="tensor">The parameter, of any shape.</param>
    /// <param name="fan">How many inputs and outputs one of its values touches.</param>
    /// <param name="generator">Where random numbers come from.</param>
    public abstract void Fill(Tensor tensor, Fan fan, Generator generator);
}
