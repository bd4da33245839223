using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>A batch of matrices as products of two thin ones, W = U V: the closest of their rank, by the singular value
/// decomposition (Eckart and Young 1936). Each of the two takes the square roots of the singular values.</summary>
/// <param name="Left">U: (matrices, rows, rank).</param>
/// <param name="Right">V: (matrices, rank, columns).</param>
/// <param name="Lost">The squared Frobenius norm of W - U V.</param>
/// <param name="Whole">The squared Frobenius norm of W.</param>
internal sealed record Factors(Tensor Left, Tensor Right, double Lost, double Whole)
{
    /// <summary>The rank.</summary>
    public int Rank => (int)Right.shape[1];

    /// <summary>The relative error of the weight: |W - U V| / |W|.</summary>
    public double Error => RelativeError(Lost, Whole);

    /// <summary>Factors matrices, all at the same rank.</summary>
    /// <param name="matrices">(matrices, rows, columns).</param>
    /// <param name="choice">Chooses the rank.</param>
    public static Factors Of(Tensor matrices, RankChoice choice)
    {
        var (u, s, v) = linalg.svd(matrices.detach().cpu().to(ScalarType.Float64), fullMatrices: false);
        var squares = s.square().sum([0L]);
        var rank = choice.For(squares);
        var root = s.narrow(1, 0, rank).sqrt();
        return new Factors(u.narrow(2, 0, rank).mul(root.unsqueeze(1)), v.narrow(1, 0, rank).mul(root.unsqueeze(2)),
            squares.narrow(0, rank, squares.shape[0] - rank).sum().ToDouble(), squares.sum().ToDouble());
    }

    /// <summary>The relative error from two squared norms; 0 for a weight of zeros.</summary>
    public static double RelativeError(double lost, double whole) => whole > 0 ? Math.Sqrt(lost / whole) : 0;
}
