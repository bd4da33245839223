namespace TorchSharp;

// Tensors from nothing: what the overloads of Creation.Sizes.cs and the rest come down to.
public static partial class torch
{
    private static Tensor Made(Tensor tensor, bool requires_grad, string[]? names = null)
    {
        Named(names);
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    private static Device? On(Device? device) => device ?? s_defaultDevice;

    private static Tensor Make(
        Op op, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Made(op.Call(size, dtype, default, On(device)), requires_grad, names);

    private static Tensor Filled(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) =>
        Made(Ops.full.Call(size, value, dtype, default, On(device)), requires_grad, names);

    private static Tensor Random(
        Op op, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator,
        string[]? names) =>
        Made(op.Call(size, generator, dtype, default, On(device)), requires_grad, names);

    private static Tensor Like(
        Op op, Tensor input, ScalarType? dtype, Device? device, bool requires_grad, string[]? names = null) =>
        Made(op.Call(input, dtype, default, device), requires_grad, names);

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Like(Ops.zeros_like, input, dtype, device, requires_grad, names);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Like(Ops.ones_like, input, dtype, device, requires_grad, names);

    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Like(Ops.empty_like, input, dtype, device, requires_grad, names);

    public static Tensor rand_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Like(Ops.rand_like, input, dtype, device, requires_grad);

    public static Tensor randn_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Like(Ops.randn_like, input, dtype, device, requires_grad);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Made(Ops.full_like.Call(input, value, dtype, default, device), requires_grad, names);

    public static Tensor randint_like(
        Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.randint_like_low_dtype.Call(input, low, high, dtype, default, device), requires_grad);

    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(Ops.arange.Call(stop, dtype, default, On(device)), requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(Ops.arange_start.Call(start, stop, dtype, default, On(device)), requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.arange_start_step.Call(start, stop, step, dtype, default, On(device)), requires_grad);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.linspace.Call(start, end, steps, dtype, default, On(device)), requires_grad);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.logspace.Call(start, end, steps, @base, dtype, default, On(device)), requires_grad);

    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Made(Ops.eye_m.Call(rows, columns < 0 ? rows : columns, dtype, default, On(device)), requires_grad, names);

    public static Tensor empty_strided(
        long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Made(Ops.empty_strided.Call(size, strides, dtype, default, On(device)), requires_grad, names);

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Made(Ops.randperm_generator.Call(n, generator, dtype ?? ScalarType.Int64, default, On(device)), requires_grad);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        Ops.normal_Tensor_Tensor.Call(mean, std, generator);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Made(Ops.normal_float_float.Call(mean, std, size, generator, dtype, default, On(device)), requires_grad, names);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Made(
            Ops.randint_low_generator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, default, On(device)),
            requires_grad, names);

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint((long)low, high, Array.ConvertAll(size, i => (long)i), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0L, high, Array.ConvertAll(size, i => (long)i), dtype, device, requires_grad, generator, names);

    public static Tensor tril_indices(
        long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Ops.tril_indices.Call(row, col, offset, dtype, default, On(device));

    public static Tensor triu_indices(
        long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Ops.triu_indices.Call(row, col, offset, dtype, default, On(device));

    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.hann_window_periodic.Call(len, periodic, dtype, default, On(device)), requires_grad);

    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Made(
            Ops.hamming_window_periodic_alpha_beta.Call(len, periodic, alpha, beta, dtype, default, On(device)),
            requires_grad);
}
