using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A random orthogonal matrix times a gain: its rows (or columns, if fewer) are orthogonal.</summary>
/// <remarks>A kernel counts as a matrix (outputs, all other numbers). PyTorch's <c>nn.init.orthogonal_</c>. From Saxe,
/// McClelland and Ganguli (2013).</remarks>
[CatalogEntry("Orthogonal")]
public sealed record Orthogonal : Initializer
{
    /// <summary>The length of the orthogonal rows or columns.</summary>
    [Setting(Position = 0)]
    public double Gain { get; init; } = 1;

    internal override bool MatrixOnly => true;

    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        var rows = tensor.shape[0];
        var columns = tensor.numel() / rows;
        var random = empty(rows, columns, dtype: tensor.dtype).normal_(0, 1, generator);
        var (q, r) = linalg.qr(rows < columns ? random.t() : random);
        // The signs of R's diagonal make the distribution uniform: Mezzadri (2006).
        q = q.mul(r.diagonal().sign());
        tensor.copy_((rows < columns ? q.t() : q).mul(Gain).reshape(tensor.shape));
    }
}
