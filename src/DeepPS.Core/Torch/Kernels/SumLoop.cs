using System.Numerics;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Sums of several tensors, number by number.</summary>
internal static class SumLoop
{
    private const int Stretch = 1 << 16;

    /// <summary>Writes the sums of lists of tensors: of the first tensor of each list, of the second of each, ... They
    /// are added in the lists' order, so a sum does not depend on threads or vector width.</summary>
    /// <param name="terms">The lists, of equal length; the tensors at a place have the same size, and
    /// <see cref="CpuMemory.HasFloats"/> is true for them.</param>
    /// <param name="sums">As many tensors of these sizes, in other memory.</param>
    public static void Add(IReadOnlyList<Tensor[]> terms, IReadOnlyList<Tensor> sums)
    {
        var stretches = sums.Index().SelectMany(sum => Enumerable
            .Range(0, (int)((sum.Item.numel() + Stretch - 1) / Stretch))
            .Select(part => (sum.Index, Start: part * Stretch))).ToArray();
        LoopTeam.Run(stretches.Length, piece =>
        {
            var (place, start) = stretches[piece];
            var sum = Part(sums[place]);
            Part(terms[0][place]).CopyTo(sum);
            foreach (var list in terms.Skip(1))
                Add(sum, Part(list[place]));

            Span<float> Part(Tensor tensor)
            {
                var all = CpuMemory.Floats(tensor)[start..];
                return all[..Math.Min(Stretch, all.Length)];
            }
        });
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> term)
    {
        var at = 0;
        for (; at <= sum.Length - Vector<float>.Count; at += Vector<float>.Count)
            (new Vector<float>(sum[at..]) + new Vector<float>(term[at..])).CopyTo(sum[at..]);
        for (; at < sum.Length; at++)
            sum[at] += term[at];
    }
}
