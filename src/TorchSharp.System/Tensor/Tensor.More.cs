using System.Globalization;

namespace TorchSharp;

// Members over others: defaults that depend on the tensor, older names, and its text.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor roll(long shifts, long? dims = null) =>
            Ops.roll.Call(this, shifts, dims is { } d ? d : (long[])[]);

        public Tensor[] hsplit(Tensor indices) => hsplit(Whole(indices));

        public Tensor[] vsplit(Tensor indices) => vsplit(Whole(indices));

        public Tensor[] dsplit(Tensor indices) => dsplit(Whole(indices));

        public Tensor gelu(Modules.GELU.Approximate approximate) => Ops.gelu.Call(this, approximate.ToString());

        public Tensor gelu_(Modules.GELU.Approximate approximate) => Ops.gelu_.Apply(this, approximate.ToString());

        public Tensor mps(bool non_blocking = false) => to(MPS, non_blocking: non_blocking);

        public Tensor new_zeros(
            long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_empty(
            long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_full(
            long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor new_ones(
            long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null,
            bool? return_complex = null) =>
            Ops.stft_center.Call(
                this, n_fft, Given(hop_length), Given(win_length), window, center,
                pad_mode.ToString().ToLowerInvariant(), normalized, onesided, return_complex);

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            using var here = Plain();
            stream.Write(here.bytes);
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            using var here = torch.empty(shape, dtype, CPU);
            stream.ReadExactly(here.bytes);
            using var _ = no_grad();
            copy_(here);
        }

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        /// <summary>Shape, type and device.</summary>
        public override string ToString() =>
            IsInvalid
                ? "(disposed tensor)"
                : string.Create(
                    CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");

        private static long[] Whole(Tensor indices)
        {
            using var whole = indices.to(ScalarType.Int64, CPU);
            return whole.data<long>().ToArray();
        }

        // -1 stands for none.
        private static long? Given(long value) => value < 0 ? null : value;
    }

    public static Tensor clone(Tensor input) => input.clone();

    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div_(right, rounding_mode);

    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div_(right, rounding_mode);

    public static Tensor stft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null,
        bool center = true, PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false,
        bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    public static Tensor blackman_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.blackman_window_periodic.Call(len, periodic, dtype, default, On(device)), requires_grad);

    public static Tensor bartlett_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.bartlett_window_periodic.Call(len, periodic, dtype, default, On(device)), requires_grad);

    public static Tensor kaiser_window(
        long len, bool periodic = true, float beta = 12f, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Made(Ops.kaiser_window_beta.Call(len, periodic, beta, dtype, default, On(device)), requires_grad);

    public static Tensor sparse_coo_tensor(
        Tensor indices, Tensor values, long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Made(
            Ops.sparse_coo_tensor_indices_size.Call(indices, values, size, dtype, default, On(device)), requires_grad,
            names);
}
