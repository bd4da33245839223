using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Steps of a recursion over long vectors, such as that of <see cref="LBFGS"/>: what it adds to a vector and the product that
/// it asks for next, in one pass over memory.
/// </summary>
internal static class FusedVector
{
    /// <summary>How many numbers a thread takes at a time.</summary>
    private const int Stretch = 1 << 15;

    /// <summary>Adds a multiple of a vector to another, in place, and gives the sum's product with a third.</summary>
    /// <param name="sum">The vector that is changed.</param>
    /// <param name="added">The vector that is added.</param>
    /// <param name="factor">What it is multiplied by.</param>
    /// <param name="other">The third vector; it may be one of the two.</param>
    public static double AddAndDot(Tensor sum, Tensor added, double factor, Tensor other)
    {
        if (!CpuMemory.HasFloats(sum) || !CpuMemory.HasFloats(added) || !CpuMemory.HasFloats(other))
            return sum.add_(added, factor).dot(other).ToDouble();
        var length = (int)sum.numel();
        var products = new double[(length + Stretch - 1) / Stretch];
        LoopTeam.Run(products.Length, piece =>
        {
            var stretch = (piece * Stretch)..Math.Min(length, (piece + 1) * Stretch);
            products[piece] = AddAndDot(CpuMemory.Floats(sum)[stretch], CpuMemory.Floats(added)[stretch], (float)factor,
                CpuMemory.Floats(other)[stretch]);
        });
        return products.Sum();
    }

    private static double AddAndDot(Span<float> sum, ReadOnlySpan<float> added, float factor, ReadOnlySpan<float> other)
    {
        var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
        var width = Vector<float>.Count;
        var at = 0;
        for (; at <= sum.Length - 2 * width; at += 2 * width)
        {
            even += Add(sum.Slice(at, width), added.Slice(at, width), factor) * Vector.Create(other.Slice(at, width));
            odd += Add(sum.Slice(at + width, width), added.Slice(at + width, width), factor)
                * Vector.Create(other.Slice(at + width, width));
        }

        double product = Vector.Sum(even + odd);
        for (; at < sum.Length; at++)
        {
            sum[at] += added[at] * factor;
            product += sum[at] * other[at];
        }

        return product;
    }

    private static Vector<float> Add(Span<float> sum, ReadOnlySpan<float> added, float factor)
    {
        var result = Vector.Create<float>(sum) + Vector.Create(added) * factor;
        result.CopyTo(sum);
        return result;
    }
}
