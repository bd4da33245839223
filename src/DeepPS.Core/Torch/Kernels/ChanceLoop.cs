using System.Runtime.Intrinsics;
using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Fills float32 memory with random zeros and copies of a number, eight at a time: torch's own generator takes
/// about 9 ns per number on a CPU, more than the layer before the dropout. The result depends only on the seed, not on
/// threads or vector width.</summary>
/// <remarks>Random numbers are those of xoshiro128++ (Blackman and Vigna, 2019), one stream per lane and
/// piece.</remarks>
internal static class ChanceLoop
{
    private const int Piece = 1 << 14;

    /// <summary>Fills a tensor for which <see cref="CpuMemory.HasFloats"/> is true.</summary>
    /// <param name="tensor">The tensor to fill.</param>
    /// <param name="probability">The probability of the number at each place.</param>
    /// <param name="number">The number written in place of 0.</param>
    /// <param name="generator">The generator of the seed; null for torch's own.</param>
    public static void Fill(Tensor tensor, double probability, float number, Generator? generator)
    {
        ulong seed;
        using (var drawn = empty([1], ScalarType.Int64).random_(0, 1L << 62, generator))
            seed = (ulong)drawn.ToInt64();
        var below = (uint)Math.Min(uint.MaxValue, Math.Round(probability * uint.MaxValue));
        var pieces = (int)((tensor.numel() + Piece - 1) / Piece);
        LoopTeam.Run(pieces, piece =>
        {
            var values = CpuMemory.Floats(tensor)[(piece * Piece)..];
            Fill(values[..Math.Min(Piece, values.Length)], below, number, seed + (ulong)piece * 0xD1B54A32D192ED03UL);
        });
    }

    private static void Fill(Span<float> values, uint below, float number, ulong seed)
    {
        Span<uint> states = stackalloc uint[4 * Vector256<uint>.Count];
        foreach (ref var state in states)
            state = (uint)(SplitMix.Next(ref seed) >> 32);
        var (s0, s1, s2, s3) = (Lanes(states, 0), Lanes(states, 1), Lanes(states, 2), Lanes(states, 3));
        var (limit, kept) = (Vector256.Create(below), Vector256.Create(number));
        var at = 0;
        for (; at <= values.Length - Vector256<float>.Count; at += Vector256<float>.Count)
            Eight().CopyTo(values[at..]);
        if (at == values.Length)
            return;
        Span<float> last = stackalloc float[Vector256<float>.Count];
        Eight().CopyTo(last);
        last[..(values.Length - at)].CopyTo(values[at..]);

        Vector256<float> Eight()
        {
            var random = Rotate(s0 + s3, 7) + s0;
            var shifted = s1 << 9;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = Rotate(s3, 11);
            return Vector256.LessThan(random, limit).AsSingle() & kept;
        }
    }

    private static Vector256<uint> Lanes(Span<uint> states, int number) =>
        Vector256.Create<uint>(states[(number * Vector256<uint>.Count)..]);

    private static Vector256<uint> Rotate(Vector256<uint> value, int by) => (value << by) | (value >>> (32 - by));
}
