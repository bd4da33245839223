using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Finds the eigenvalues at both ends of a symmetric matrix that is known by its products with vectors alone. Lanczos
/// (1950); each new vector is made orthogonal to all earlier ones, twice: Golub and Van Loan, Matrix Computations,
/// 10.3.
/// </summary>
/// <param name="size">The number of rows of the matrix.</param>
/// <param name="product">The product of the matrix with a vector, float64.</param>
/// <param name="draw">Draws a vector of normal random numbers, float64.</param>
internal sealed class Lanczos(long size, Func<Tensor, Tensor> product, Func<Tensor> draw) : IDisposable
{
    /// <summary>A remainder of this norm, relative to the largest eigenvalue, is a rounding error of 0.</summary>
    private const double Rounding = 1e-6;

    /// <summary>The basis takes float64 up to this number of parameters, and half of the memory above.</summary>
    private const long LargeSize = 1_000_000;

    private readonly List<double> diagonal = [];
    private readonly List<double> beside = [];
    private Tensor? basis;

    /// <summary>Iterates until the wanted eigenvalues are exact enough, or as often as is allowed.</summary>
    /// <param name="wanted">The number of eigenvalues at each end.</param>
    /// <param name="iterations">The largest number of iterations.</param>
    /// <param name="tolerance">The largest error bound, relative to the largest eigenvalue.</param>
    public LanczosResult Run(int wanted, int iterations, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var most = (int)Math.Min(size, iterations);
        var vector = Unit(draw());
        basis = empty([most, size], size > LargeSize ? ScalarType.Float32 : ScalarType.Float64, vector.device);
        while (true)
        {
            using var step = NewDisposeScope();
            var count = diagonal.Count + 1;
            basis[count - 1].copy_(vector);
            var next = product(vector);
            diagonal.Add(next.dot(vector).ToDouble());
            next = Orthogonal(next, count);
            var rest = next.norm().ToDouble();
            var whole = count == size;
            var result = Result(wanted, whole ? 0 : rest, tolerance);
            // An invariant subspace: what is outside of it may have larger eigenvalues, or the same ones again.
            var closed = rest <= Rounding * Math.Max(Math.Abs(result.Largest[0]), Math.Abs(result.Smallest[0]));
            if (whole || count == most || (result.Converged && !closed))
                return result;
            beside.Add(closed ? 0 : rest);
            vector = closed ? Unit(Orthogonal(draw(), count)) : next.div(rest);
            step.MoveToOuter(vector);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => basis?.Dispose();

    private static Tensor Unit(Tensor vector) => vector.div(vector.norm());

    /// <summary>A vector less its part within the basis.</summary>
    private Tensor Orthogonal(Tensor vector, int count)
    {
        for (var i = 0; i < 2; i++)
        {
            var all = basis!.narrow(0, 0, count);
            var known = vector.to(all.dtype);
            vector = vector.sub(all.t().mv(all.mv(known)).to(ScalarType.Float64));
        }

        return vector;
    }

    /// <summary>The eigenvalues of the tridiagonal matrix, with their error bounds |rest s|, where s is the last number
    /// of an eigenvector.</summary>
    private LanczosResult Result(int wanted, double rest, double tolerance)
    {
        var matrix = diag(tensor(diagonal.ToArray()));
        if (beside.Count > 0)
            matrix = matrix.add(diag(tensor(beside.ToArray()), 1)).add(diag(tensor(beside.ToArray()), -1));
        var (found, vectors) = linalg.eigh(matrix);
        var values = found.data<double>().ToArray();
        var last = vectors[-1].contiguous().data<double>().ToArray();
        var count = Math.Min(wanted, values.Length);
        var bound = Enumerable.Range(0, count).SelectMany(i => new[] { i, values.Length - 1 - i })
            .Max(i => Math.Abs(rest * last[i]));
        var scale = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        return new LanczosResult(values.Reverse().Take(count).ToArray(), values.Take(count).ToArray(), bound,
            diagonal.Count, bound <= tolerance * scale && values.Length >= Math.Min(2 * wanted, size));
    }
}
