using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What a <see cref="Slot"/> holds. The same numbers as in native/shim.h.</summary>
internal enum Tag
{
    None, Tensor, Int, Double, Bool, Complex, String, Device, Generator,
    Ints, Doubles, Bools, Tensors,
}

/// <summary>One argument or result as it crosses the border.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Slot
{
    [FieldOffset(0)] public Tag Tag;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Double;
    [FieldOffset(8)] public nint Pointer;
}

/// <summary>
/// One argument of an operator, made from what a caller has at hand. <c>default</c> is none. It keeps what it was made
/// from alive for the time of the call.
/// </summary>
internal readonly struct Arg
{
    internal readonly object? Object;
    internal readonly long Bits;
    internal readonly Tag Tag;

    private Arg(Tag tag, long bits)
    {
        Tag = tag;
        Bits = bits;
    }

    private Arg(Tag tag, object? value)
    {
        Tag = value is null ? Tag.None : tag;
        Object = value;
    }

    public static implicit operator Arg(Tensor? value) => new(Tag.Tensor, value);
    public static implicit operator Arg(Generator? value) => new(Tag.Generator, value);
    public static implicit operator Arg(string? value) => new(Tag.String, value);
    public static implicit operator Arg(long[]? value) => new(Tag.Ints, value);
    public static implicit operator Arg(double[]? value) => new(Tag.Doubles, value);
    public static implicit operator Arg(bool[]? value) => new(Tag.Bools, value);
    public static implicit operator Arg(Tensor?[]? value) => new(Tag.Tensors, value);
    public static implicit operator Arg(ReadOnlySpan<long> value) => new(Tag.Ints, value.ToArray());
    public static implicit operator Arg(Size value) => new(Tag.Ints, value.Shape);
    public static implicit operator Arg((long, long) value) => new(Tag.Ints, (long[])[value.Item1, value.Item2]);
    public static implicit operator Arg((long, long, long) value) =>
        new(Tag.Ints, (long[])[value.Item1, value.Item2, value.Item3]);
    public static implicit operator Arg((long, long, long, long) value) =>
        new(Tag.Ints, (long[])[value.Item1, value.Item2, value.Item3, value.Item4]);

    public static implicit operator Arg(int value) => new(Tag.Int, value);
    public static implicit operator Arg(long value) => new(Tag.Int, value);
    public static implicit operator Arg(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(Tag.Bool, value ? 1L : 0L);
    public static implicit operator Arg(ScalarType value) => new(Tag.Int, (long)value);

    public static implicit operator Arg(int? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(long? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(double? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(bool? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(ScalarType? value) => value is { } v ? v : default(Arg);
    public static implicit operator Arg(Device? value) => value is null ? default : new(Tag.Device, value.Packed);
    public static implicit operator Arg(Scalar? value) => value is null ? default : value.ToArg();

    internal static Arg Complex(Complex value) => new(Tag.Complex, (double[])[value.Real, value.Imaginary]);

    /// <summary>Whether the value is a list or text, whose content is copied beside the slots.</summary>
    internal bool IsLong => Tag is >= Tag.Ints or Tag.String or Tag.Complex;
}
