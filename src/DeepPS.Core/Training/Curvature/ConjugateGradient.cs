using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Solves A x = b for a symmetric positive matrix that is known by its products alone. Hestenes and Stiefel
/// (1952).</summary>
internal static class ConjugateGradient
{
    /// <summary>Solves, beginning at 0.</summary>
    /// <param name="product">The product of the matrix and a vector.</param>
    /// <param name="target">The vector b.</param>
    /// <param name="iterations">The largest number of products.</param>
    /// <param name="tolerance">It ends when |b - A x| is at most this fraction of |b|.</param>
    /// <returns>The solution, and the number of products.</returns>
    public static (Tensor Solution, int Iterations) Solve(Func<Tensor, Tensor> product, Tensor target, int iterations,
        double tolerance)
    {
        using var scope = NewDisposeScope();
        var (solution, rest, direction) = (zeros_like(target), target.clone(), target.clone());
        var size = Square(rest);
        var limit = size * tolerance * tolerance;
        var count = 0;
        while (count < iterations && size > limit)
        {
            using var step = NewDisposeScope();
            var bent = product(direction);
            count++;
            var curvature = direction.dot(bent).ToDouble();
            // Rounding errors of a matrix that is almost 0 along the direction.
            if (!(curvature > 0))
                break;
            solution.add_(direction, size / curvature);
            rest.sub_(bent.mul(size / curvature));
            var left = Square(rest);
            direction.mul_(left / size).add_(rest);
            size = left;
        }

        return (solution.MoveToOuterDisposeScope(), count);

        static double Square(Tensor vector) => vector.dot(vector).ToDouble();
    }
}
