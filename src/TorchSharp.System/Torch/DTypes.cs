namespace TorchSharp;

// The names of the element types, and what they are.
public static partial class torch
{
    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType int8 = ScalarType.Int8;
    public static ScalarType int16 = ScalarType.Int16;
    public static ScalarType @short = ScalarType.Int16;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType @int = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType @long = ScalarType.Int64;
    public static ScalarType half = ScalarType.Float16;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType bfloat16 = ScalarType.BFloat16;
    public static ScalarType @float = ScalarType.Float32;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType @double = ScalarType.Float64;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType cfloat = ScalarType.ComplexFloat32;
    public static ScalarType complex64 = ScalarType.ComplexFloat32;
    public static ScalarType cdouble = ScalarType.ComplexFloat64;
    public static ScalarType complex128 = ScalarType.ComplexFloat64;

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32
            or ScalarType.Int64 or ScalarType.Bool;

    public static bool is_quantized(ScalarType type) =>
        type is ScalarType.QInt8 or ScalarType.QUInt8 or ScalarType.QInt32;

    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    public static bool is_complex(Tensor input) => input.is_complex();

    public static bool is_integral(Tensor t) => t.is_integral();

    public static bool is_conj(Tensor input) => input.is_conj();

    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input) => input.numel();

    /// <summary>The largest value an integer type holds.</summary>
    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        ScalarType.Bool => 1,
        _ => throw new ArgumentException($"{type} is no integer type.", nameof(type)),
    };

    public static ScalarType get_default_dtype() => (ScalarType)Native.Check(Native.dp_default_dtype(-1));

    /// <summary>The type of tensors made without one.</summary>
    public static void set_default_dtype(ScalarType dtype) => Native.Check(Native.dp_default_dtype((int)dtype));

    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) =>
        (ScalarType)Ops.result_type_Tensor.CallScalar(tensor1, tensor2).ToInt64();

    public static ScalarType promote_types(ScalarType type1, ScalarType type2) =>
        (ScalarType)Ops.promote_types.CallScalar(type1, type2).ToInt64();

    public static bool can_cast(ScalarType from, ScalarType to) => Ops.can_cast.CallScalar(from, to).ToBoolean();

    /// <summary>The limits of a floating-point type.</summary>
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;
        public double resolution;
    }

    public static FInfo finfo() => finfo(get_default_dtype());

    public static FInfo finfo(ScalarType dtype)
    {
        var (bits, eps, max, tiny, resolution) = dtype switch
        {
            ScalarType.Float16 => (16, 0.0009765625, 65504.0, 6.103515625e-05, 1e-3),
            ScalarType.BFloat16 => (16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38, 1e-2),
            ScalarType.Float32 or ScalarType.ComplexFloat32 => (
                32, 1.1920928955078125e-07, float.MaxValue, 1.1754943508222875e-38, 1e-6),
            ScalarType.Float64 or ScalarType.ComplexFloat64 => (
                64, 2.220446049250313e-16, double.MaxValue, 2.2250738585072014e-308, 1e-15),
            _ => throw new ArgumentException($"{dtype} is no floating-point type.", nameof(dtype)),
        };
        return new()
        {
            bits = bits, eps = eps, max = max, min = -max, tiny = tiny, smallest_normal = tiny, resolution = resolution,
        };
    }

    /// <summary>The element type that a .NET type stands for.</summary>
    internal static ScalarType TypeOf<T>() => TypeOf(typeof(T));

    internal static ScalarType TypeOf(Type type) =>
        type == typeof(float) ? ScalarType.Float32
        : type == typeof(double) ? ScalarType.Float64
        : type == typeof(long) ? ScalarType.Int64
        : type == typeof(int) ? ScalarType.Int32
        : type == typeof(short) ? ScalarType.Int16
        : type == typeof(sbyte) ? ScalarType.Int8
        : type == typeof(byte) ? ScalarType.Byte
        : type == typeof(bool) ? ScalarType.Bool
        : type == typeof(Half) ? ScalarType.Float16
        : type == typeof(System.Numerics.Complex) ? ScalarType.ComplexFloat64
        : type == typeof((float, float)) ? ScalarType.ComplexFloat32
        : throw new NotSupportedException($"No element type stands for {type}.");
}
