using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>The steps of word vectors: for each word to predict, one along the gradient of -log sigmoid(h . u) - sum
/// log sigmoid(-h . n), where h is the mean vector of the sources, u that of the word and n those of drawn
/// words.</summary>
/// <param name="noise">Draws words.</param>
/// <param name="negatives">The number of words that are drawn for each word.</param>
/// <param name="size">The size of a vector.</param>
internal sealed class WordKernel(AliasTable noise, int negatives, int size)
{
    /// <summary>Takes the steps of samples, one after the other.</summary>
    /// <param name="sources">The numbers of the words that give the vector, sample by sample; 0 is none.</param>
    /// <param name="targets">The numbers of the words to predict, sample by sample; 0 is none.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="vectors">The vectors of the sources.</param>
    /// <param name="outputs">The vectors of the words to predict.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <returns>The sum of the losses.</returns>
    public double Run(ReadOnlySpan<float> sources, ReadOnlySpan<float> targets, int samples, Span<float> vectors,
        Span<float> outputs, float rate, ulong seed)
    {
        var (wide, high) = (sources.Length / samples, targets.Length / samples);
        var (hidden, moved, change) = (new float[size], new float[size], new float[size]);
        var sum = 0.0;
        for (var sample = 0; sample < samples; sample++)
        {
            var own = sources.Slice(sample * wide, wide);
            var count = Mean(own, vectors, hidden);
            if (count == 0)
                continue;
            moved.AsSpan().Clear();
            foreach (var target in targets.Slice(sample * high, high))
            {
                if (target == 0)
                    continue;
                change.AsSpan().Clear();
                sum += Pair((int)target, hidden, change, outputs, rate, ref seed);
                Add(change, hidden, 1f / count);
                Add(change, moved, 1f / count);
            }

            foreach (var source in own)
                if (source != 0)
                    Add(moved, vectors.Slice((int)source * size, size), 1);
        }

        return sum;
    }

    /// <summary>A step of one word and of those drawn beside it.</summary>
    /// <returns>The loss.</returns>
    private double Pair(int target, Span<float> hidden, Span<float> change, Span<float> outputs, float rate,
        ref ulong seed)
    {
        // The product of all probabilities: one logarithm is enough for their sum.
        var chance = 1.0;
        for (var i = 0; i <= negatives; i++)
        {
            var word = i == 0 ? target : noise.Of(SplitMix.Next(ref seed));
            if (i > 0 && word == target)
                continue;
            var output = outputs.Slice(word * size, size);
            var right = 1 / (1 + MathF.Exp(i == 0 ? -Dot(hidden, output) : Dot(hidden, output)));
            chance *= Math.Max(right, 1e-30f);
            Move(hidden, output, change, i == 0 ? rate * (1 - right) : -rate * (1 - right));
        }

        return -Math.Log(chance);
    }

    /// <summary>The mean vector of the sources.</summary>
    /// <returns>Their number.</returns>
    private int Mean(ReadOnlySpan<float> sources, Span<float> vectors, Span<float> mean)
    {
        var count = sources.Length - sources.Count(0f);
        mean.Clear();
        foreach (var source in sources)
            if (source != 0)
                Add(vectors.Slice((int)source * size, size), mean, 1f / count);
        return count;
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var (length, wide) = ((nuint)left.Length, (nuint)Vector<float>.Count);
        var (first, second) = (Vector<float>.Zero, Vector<float>.Zero);
        nuint i = 0;
        for (; i + 2 * wide <= length; i += 2 * wide)
        {
            first = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, i), Vector.LoadUnsafe(ref b, i), first);
            second = Vector.FusedMultiplyAdd(
                Vector.LoadUnsafe(ref a, i + wide), Vector.LoadUnsafe(ref b, i + wide), second);
        }

        for (; i + wide <= length; i += wide)
            first = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, i), Vector.LoadUnsafe(ref b, i), first);
        var sum = Vector.Sum(first + second);
        for (; i < length; i++)
            sum += Unsafe.Add(ref a, i) * Unsafe.Add(ref b, i);
        return sum;
    }

    /// <summary>Adds factor * output to the change, and factor * hidden to the output.</summary>
    private static void Move(ReadOnlySpan<float> hidden, Span<float> output, Span<float> change, float factor)
    {
        ref var h = ref MemoryMarshal.GetReference(hidden);
        ref var o = ref MemoryMarshal.GetReference(output);
        ref var c = ref MemoryMarshal.GetReference(change);
        var (length, wide, by) = ((nuint)hidden.Length, (nuint)Vector<float>.Count, new Vector<float>(factor));
        nuint i = 0;
        for (; i + wide <= length; i += wide)
        {
            var own = Vector.LoadUnsafe(ref o, i);
            Vector.FusedMultiplyAdd(by, own, Vector.LoadUnsafe(ref c, i)).StoreUnsafe(ref c, i);
            Vector.FusedMultiplyAdd(by, Vector.LoadUnsafe(ref h, i), own).StoreUnsafe(ref o, i);
        }

        for (; i < length; i++)
        {
            ref var own = ref Unsafe.Add(ref o, i);
            Unsafe.Add(ref c, i) += factor * own;
            own += factor * Unsafe.Add(ref h, i);
        }
    }

    /// <summary>Adds factor * values to a sum.</summary>
    private static void Add(ReadOnlySpan<float> values, Span<float> sum, float factor)
    {
        ref var v = ref MemoryMarshal.GetReference(values);
        ref var s = ref MemoryMarshal.GetReference(sum);
        var (length, wide, by) = ((nuint)values.Length, (nuint)Vector<float>.Count, new Vector<float>(factor));
        nuint i = 0;
        for (; i + wide <= length; i += wide)
            Vector.FusedMultiplyAdd(by, Vector.LoadUnsafe(ref v, i), Vector.LoadUnsafe(ref s, i))
                .StoreUnsafe(ref s, i);
        for (; i < length; i++)
            Unsafe.Add(ref s, i) += factor * Unsafe.Add(ref v, i);
    }
}
