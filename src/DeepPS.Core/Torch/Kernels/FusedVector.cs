using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>A step of a recursion over long vectors, such as that of LBFGS: adds vectors and computes the next dot
/// products in one pass over memory, several vectors at a time.</summary>
internal static class FusedVector
{
    /// <summary>The number of vectors that a pass can add and multiply.</summary>
    public const int Width = 4;

    /// <summary>The numbers per piece of work of a thread.</summary>
    private const int Stretch = 1 << 15;

    /// <summary>Adds multiples of vectors to a vector in place, and gives the dot products of the sum.</summary>
    /// <param name="sum">The vector to change.</param>
    /// <param name="added">The vectors to add, at most <see cref="Width"/>.</param>
    /// <param name="factors">The factor of each added vector.</param>
    /// <param name="others">The vectors of the dot products, at most <see cref="Width"/>.</param>
    public static double[] AddAndDot(Tensor sum, Tensor[] added, double[] factors, Tensor[] others)
    {
        if (!added.Concat(others).Prepend(sum).All(CpuMemory.HasFloats))
            return ByTorch(sum, added, factors, others);
        var length = (int)sum.numel();
        var products = new double[(length + Stretch - 1) / Stretch][];
        LoopTeam.Run(products.Length, piece =>
        {
            var stretch = (piece * Stretch)..Math.Min(length, (piece + 1) * Stretch);
            products[piece] = Fused(CpuMemory.Floats(sum)[stretch], added, factors, others, stretch);
        });
        return others.Select((_, i) => products.Sum(piece => piece[i])).ToArray();
    }

    private static double[] ByTorch(Tensor sum, Tensor[] added, double[] factors, Tensor[] others)
    {
        using var scope = NewDisposeScope();
        foreach (var (vector, factor) in added.Zip(factors))
            sum.add_(vector, factor);
        return others.Length == 0 ? []
            : stack(others.Select(other => sum.dot(other)).ToArray()).to(ScalarType.Float64).cpu().data<double>()
            .ToArray();
    }

    /// <summary>Fewer vectors than a pass takes are filled up with one vector times 0.</summary>
    private static unsafe double[] Fused(Span<float> sum, Tensor[] added, double[] factors, Tensor[] others,
        Range stretch)
    {
        var products = new double[Width];
        var places = stackalloc float*[2 * Width];
        var scales = stackalloc float[Width];
        fixed (float* s = sum)
        {
            for (var i = 0; i < Width; i++)
            {
                places[i] = i < added.Length ? Place(added[i], stretch) : s;
                places[Width + i] = i < others.Length ? Place(others[i], stretch) : s;
                scales[i] = i < added.Length ? (float)factors[i] : 0;
            }

            Pass(s, sum.Length, places, scales, products, changes: added.Length > 0);
        }

        return products;
    }

    private static unsafe float* Place(Tensor vector, Range stretch) =>
        (float*)Unsafe.AsPointer(ref CpuMemory.Floats(vector)[stretch][0]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Pass(float* s, int length, float** places, float* scales, double[] products,
        bool changes)
    {
        float* a0 = places[0], a1 = places[1], a2 = places[2], a3 = places[3];
        float* o0 = places[4], o1 = places[5], o2 = places[6], o3 = places[7];
        var (f0, f1, f2, f3) = (scales[0], scales[1], scales[2], scales[3]);
        var (p0, p1, p2, p3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var at = 0;
        for (; at <= length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var value = Vector.Load(s + at);
            if (changes)
            {
                value += Vector.Load(a0 + at) * f0 + Vector.Load(a1 + at) * f1 + Vector.Load(a2 + at) * f2
                    + Vector.Load(a3 + at) * f3;
                value.Store(s + at);
            }

            p0 += value * Vector.Load(o0 + at);
            p1 += value * Vector.Load(o1 + at);
            p2 += value * Vector.Load(o2 + at);
            p3 += value * Vector.Load(o3 + at);
        }

        (products[0], products[1], products[2], products[3]) = (Vector.Sum(p0), Vector.Sum(p1), Vector.Sum(p2),
            Vector.Sum(p3));
        for (; at < length; at++)
        {
            s[at] += a0[at] * f0 + a1[at] * f1 + a2[at] * f2 + a3[at] * f3;
            products[0] += s[at] * o0[at];
            products[1] += s[at] * o1[at];
            products[2] += s[at] * o2[at];
            products[3] += s[at] * o3[at];
        }
    }
}
