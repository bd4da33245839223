using static TorchSharp.torch;

namespace DeepPS.Plots;

/// <summary>Principal components: the directions in which vectors vary most.</summary>
internal static class PrincipalComponents
{
    /// <summary>The places of vectors along the first components.</summary>
    /// <param name="vectors">The vectors (count, size), float64.</param>
    /// <param name="components">The number of components.</param>
    /// <returns>The places (count, components), in which the entry of each direction with the largest size is positive,
    /// and the share of the variance along each.</returns>
    public static (Tensor Places, double[] Shares) Of(Tensor vectors, int components)
    {
        var centered = vectors.sub(vectors.mean([0], keepdim: true));
        components = (int)Math.Min(components, Math.Min(vectors.shape[0], vectors.shape[1]));
        var (u, sizes, directions) = linalg.svd(centered, fullMatrices: false);
        var squares = sizes.square();
        var shares = squares.div(squares.sum().clamp_min(double.Epsilon)).narrow(0, 0, components)
            .data<double>().ToArray();
        // A direction and its opposite are equally right; this choice makes results repeatable.
        var largest = directions.abs().argmax(1, keepdim: true);
        var signs = directions.gather(1, largest).sign().flatten();
        return (u.mul(sizes).mul(signs).narrow(1, 0, components), shares);
    }
}
