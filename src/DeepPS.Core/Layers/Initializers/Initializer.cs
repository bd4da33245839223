using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>How a parameter gets its initial values.</summary>
[CatalogBase(CatalogKind.Initializer)]
public abstract record Initializer : CatalogItem
{
    /// <summary>Whether it fills only matrices and kernels, not vectors such as biases.</summary>
    internal virtual bool MatrixOnly => false;

    /// <summary>Writes initial values to a tensor.</summary>
    /// <param name="tensor">The parameter, of any shape.</param>
    /// <param name="fan">The inputs and outputs that one of its values connects.</param>
    /// <param name="generator">The random generator.</param>
    public abstract void Fill(Tensor tensor, Fan fan, Generator generator);
}
