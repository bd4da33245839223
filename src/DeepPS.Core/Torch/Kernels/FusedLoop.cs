using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepPS.Torch;

/// <summary>An optimizer's rule for a vector of numbers; the runtime compiles a loop for each rule.</summary>
internal interface IFusedRule
{
    /// <summary>Takes one step for a vector of a parameter's numbers and up to three states (0 if not used).</summary>
    void Step(ref Vector<float> parameter, Vector<float> gradient,
        ref Vector<float> first, ref Vector<float> second, ref Vector<float> third);
}

/// <summary>Applies a rule to float32 memory in one pass: every number is read and written once.</summary>
internal static class FusedLoop
{
    private interface IPresence
    {
        static abstract bool Is { get; }
    }

    /// <summary>Takes one step of a parameter. Unused states are empty.</summary>
    public static void Run<TRule>(TRule rule, Span<float> parameter, ReadOnlySpan<float> gradient,
        Span<float> first = default, Span<float> second = default, Span<float> third = default)
        where TRule : struct, IFusedRule
    {
        var whole = parameter.Length - parameter.Length % Vector<float>.Count;
        Whole(rule, parameter[..whole], gradient, first, second, third);
        if (whole < parameter.Length)
            Rest(rule, parameter[whole..], gradient[whole..], From(first, whole),
                From(second, whole), From(third, whole));
    }

    /// <summary>-1, 0 or 1 for each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sign(Vector<float> values) => Vector.ConditionalSelect(
        Vector.Equals(values, Vector<float>.Zero), values, Vector.CopySign(Vector<float>.One, values));

    private static Span<float> From(Span<float> values, int start) => values.IsEmpty ? [] : values[start..];

    /// <summary>Chooses the loop compiled for the used states: tests inside the loop would halve its speed.</summary>
    private static void Whole<TRule>(TRule rule, Span<float> parameter, ReadOnlySpan<float> gradient,
        Span<float> first, Span<float> second, Span<float> third) where TRule : struct, IFusedRule
    {
        if (first.IsEmpty)
            Loop<TRule, No, No, No>(rule, parameter, gradient, first, second, third);
        else if (second.IsEmpty && third.IsEmpty)
            Loop<TRule, Yes, No, No>(rule, parameter, gradient, first, second, third);
        else if (third.IsEmpty)
            Loop<TRule, Yes, Yes, No>(rule, parameter, gradient, first, second, third);
        else if (second.IsEmpty)
            Loop<TRule, Yes, No, Yes>(rule, parameter, gradient, first, second, third);
        else
            Loop<TRule, Yes, Yes, Yes>(rule, parameter, gradient, first, second, third);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TRule, TFirst, TSecond, TThird>(
        TRule rule, Span<float> parameter, ReadOnlySpan<float> gradient,
        Span<float> first, Span<float> second, Span<float> third)
        where TRule : struct, IFusedRule
        where TFirst : struct, IPresence
        where TSecond : struct, IPresence
        where TThird : struct, IPresence
    {
        ref var p = ref MemoryMarshal.GetReference(parameter);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        ref var c = ref MemoryMarshal.GetReference(third);
        for (nuint i = 0; i < (nuint)parameter.Length; i += (nuint)Vector<float>.Count)
        {
            var value = Vector.LoadUnsafe(ref p, i);
            var one = TFirst.Is ? Vector.LoadUnsafe(ref a, i) : default;
            var two = TSecond.Is ? Vector.LoadUnsafe(ref b, i) : default;
            var three = TThird.Is ? Vector.LoadUnsafe(ref c, i) : default;
            rule.Step(ref value, Vector.LoadUnsafe(ref g, i), ref one, ref two, ref three);
            value.StoreUnsafe(ref p, i);
            if (TFirst.Is)
                one.StoreUnsafe(ref a, i);
            if (TSecond.Is)
                two.StoreUnsafe(ref b, i);
            if (TThird.Is)
                three.StoreUnsafe(ref c, i);
        }
    }

    /// <summary>The numbers after the last whole vector, in vectors padded with zeros.</summary>
    private static void Rest<TRule>(TRule rule, Span<float> parameter, ReadOnlySpan<float> gradient,
        Span<float> first, Span<float> second, Span<float> third) where TRule : struct, IFusedRule
    {
        var width = Vector<float>.Count;
        Span<float> memory = stackalloc float[5 * width];
        memory.Clear();
        var p = memory[..width];
        var g = memory.Slice(width, width);
        var a = memory.Slice(2 * width, width);
        var b = memory.Slice(3 * width, width);
        var c = memory.Slice(4 * width, width);
        parameter.CopyTo(p);
        gradient.CopyTo(g);
        first.CopyTo(a);
        second.CopyTo(b);
        third.CopyTo(c);
        Whole(rule, p, g, a, b, c);
        p[..parameter.Length].CopyTo(parameter);
        a[..first.Length].CopyTo(first);
        b[..second.Length].CopyTo(second);
        c[..third.Length].CopyTo(third);
    }

    private readonly struct Yes : IPresence
    {
        public static bool Is => true;
    }

    private readonly struct No : IPresence
    {
        public static bool Is => false;
    }
}
