using System.Numerics;

namespace TorchSharp;

// tensor(...) of numbers.
public static partial class torch
{
    public static Tensor tensor(
        (double Real, double Imaginary) scalar, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        FromSpan<Complex>([new Complex(scalar.Real, scalar.Imaginary)], [], dtype, device, requires_grad);

    public static Tensor tensor(
        (float Real, float Imaginary) scalar, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        FromSpan<(float, float)>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(
        bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<byte>([scalar], [], null, device, requires_grad);

    public static Tensor tensor(
        double real, double imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan([new Complex(real, imaginary)], [], dtype, device, requires_grad);

    public static Tensor tensor(
        double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<short>([scalar], [], null, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>([scalar], [], null, device, requires_grad);

    public static Tensor tensor(
        long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(
        Complex scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<Complex>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<sbyte>([scalar], [], null, device, requires_grad);

    public static Tensor tensor(
        float real, float imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan([(real, imaginary)], [], dtype, device, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        FromSpan<float>([scalar], [], null, device, requires_grad);
}
