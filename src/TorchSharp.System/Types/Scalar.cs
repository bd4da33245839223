using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number, a truth or a complex number given to an operator. Holds no native memory.</summary>
public sealed class Scalar : IDisposable
{
    private readonly double _real;
    private readonly double _imaginary;
    private readonly long _integer;

    private Scalar(ScalarType type, long integer, double real, double imaginary = 0)
    {
        Type = type;
        _integer = integer;
        _real = real;
        _imaginary = imaginary;
    }

    public ScalarType Type { get; }

    /// <summary>Does nothing: there is nothing to free.</summary>
    public void Dispose() { }

    public static implicit operator Scalar(byte value) => Integer(ScalarType.Byte, value);
    public static implicit operator Scalar(sbyte value) => Integer(ScalarType.Int8, value);
    public static implicit operator Scalar(short value) => Integer(ScalarType.Int16, value);
    public static implicit operator Scalar(int value) => Integer(ScalarType.Int32, value);
    public static implicit operator Scalar(long value) => Integer(ScalarType.Int64, value);
    public static implicit operator Scalar(bool value) => Integer(ScalarType.Bool, value ? 1 : 0);
    public static implicit operator Scalar(float value) => new(ScalarType.Float32, 0, value);
    public static implicit operator Scalar(double value) => new(ScalarType.Float64, 0, value);
    public static implicit operator Scalar(Half value) => new(ScalarType.Float16, 0, (double)value);
    public static implicit operator Scalar((float, float) value) =>
        new(ScalarType.ComplexFloat32, 0, value.Item1, value.Item2);
    public static implicit operator Scalar(Complex value) =>
        new(ScalarType.ComplexFloat64, 0, value.Real, value.Imaginary);

    internal bool IsComplex => Type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    internal bool IsFloat =>
        Type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    internal double AsDouble => IsFloat || IsComplex ? _real : _integer;

    internal long AsLong => IsFloat || IsComplex ? (long)_real : _integer;

    internal bool AsBool => IsFloat || IsComplex ? _real != 0 || _imaginary != 0 : _integer != 0;

    internal Complex AsComplex => IsComplex ? new(_real, _imaginary) : new(AsDouble, 0);

    internal Arg ToArg() =>
        IsComplex ? Arg.Complex(new(_real, _imaginary))
        : IsFloat ? _real
        : Type == ScalarType.Bool ? _integer != 0
        : _integer;

    /// <summary>A number read from a result; null where the result is none.</summary>
    internal static unsafe Scalar? From(in Slot slot) => slot.Tag switch
    {
        Tag.Int => slot.Int,
        Tag.Double => slot.Double,
        Tag.Bool => slot.Int != 0,
        Tag.Complex => new Complex(((double*)slot.Pointer)[0], ((double*)slot.Pointer)[1]),
        _ => null,
    };

    private static Scalar Integer(ScalarType type, long value) => new(type, value, 0);
}

/// <summary>Numbers to <see cref="Scalar"/> and back.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;

    public static bool ToBoolean(this Scalar value) => value.AsBool;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;
    public static Complex ToComplexFloat64(this Scalar value) => value.AsComplex;

    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) =>
        ((float)value.AsComplex.Real, (float)value.AsComplex.Imaginary);
}
