namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Pooling.
        public static partial class functional
        {
            public static Tensor max_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                Ops.max_pool1d.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                Ops.max_pool2d.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool2d.Call(
                    input, kernel_size, stride ?? kernel_size, padding ?? (0, 0), dilation ?? (1, 1), ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool2d.Call(
                    input, kernel_size, strides ?? kernel_size, Or(padding, 0), Or(dilation, 1), ceil_mode);

            public static Tensor max_pool3d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool3d.Call(
                    input, kernel_size, strides ?? kernel_size, Or(padding, 0), Or(dilation, 1), ceil_mode);

            public static (Tensor output, Tensor indices) max_pool1d_with_indices(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                Ops.max_pool1d_with_indices.Call2(
                    input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool2d_with_indices.Call2(
                    input, kernel_size, strides ?? kernel_size, Or(padding, 0), Or(dilation, 1), ceil_mode);

            public static (Tensor output, Tensor indices) max_pool3d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool3d_with_indices.Call2(
                    input, kernel_size, strides ?? kernel_size, Or(padding, 0), Or(dilation, 1), ceil_mode);

            public static Tensor avg_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                Ops.avg_pool1d.Call(
                    input, kernel_size, stride ?? kernel_size, padding ?? 0, ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                Ops.avg_pool2d.Call(
                    input, kernel_size, stride ?? kernel_size, padding, ceil_mode, count_include_pad,
                    divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Ops.avg_pool2d.Call(
                    input, kernel_size, stride ?? kernel_size, padding ?? (0, 0), ceil_mode, count_include_pad,
                    divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Ops.avg_pool2d.Call(
                    input, kernel_size, stride ?? kernel_size, Or(padding, 0), ceil_mode, count_include_pad,
                    divisor_override);

            public static Tensor avg_pool3d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Ops.avg_pool3d.Call(
                    input, kernel_size, stride ?? kernel_size, Or(padding, 0), ceil_mode, count_include_pad,
                    divisor_override);

            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) =>
                Ops.adaptive_avg_pool1d.Call(input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                Ops.adaptive_avg_pool2d.Call(input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                Ops.adaptive_avg_pool2d.Call(input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Ops.adaptive_avg_pool2d.Call(input, output_size);

            public static Tensor adaptive_avg_pool3d(Tensor input, long output_size) =>
                Ops.adaptive_avg_pool3d.Call(input, output_size);

            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size) =>
                Ops.adaptive_avg_pool3d.Call(input, output_size);

            public static Tensor adaptive_avg_pool3d(Tensor input, long[] output_size) =>
                Ops.adaptive_avg_pool3d.Call(input, output_size);

            public static Tensor adaptive_max_pool1d(Tensor input, long output_size) =>
                First(adaptive_max_pool1d_with_indices(input, output_size));

            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size) =>
                First(adaptive_max_pool2d_with_indices(input, output_size));

            public static Tensor adaptive_max_pool3d(Tensor input, long[] output_size) =>
                First(adaptive_max_pool3d_with_indices(input, output_size));

            public static (Tensor Values, Tensor Indices) adaptive_max_pool1d_with_indices(
                Tensor input, long output_size) =>
                Ops.adaptive_max_pool1d.Call2(input, output_size);

            public static (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(
                Tensor input, long[] output_size) =>
                Ops.adaptive_max_pool2d.Call2(input, output_size);

            public static (Tensor Values, Tensor Indices) adaptive_max_pool3d_with_indices(
                Tensor input, long[] output_size) =>
                Ops.adaptive_max_pool3d.Call2(input, output_size);

            public static Tensor lp_pool1d(
                Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false)
            {
                using var scope = NewDisposeScope();
                var mean = avg_pool1d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode);
                return Rooted(mean, norm_type, kernel_size).MoveToOuterDisposeScope();
            }

            public static Tensor lp_pool2d(
                Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                lp_pool2d(input, norm_type, [kernel_size, kernel_size], stride is { } s ? [s, s] : null, ceil_mode);

            public static Tensor lp_pool2d(
                Tensor input, double norm_type, long[] kernel_size, long[]? stride = null, bool ceil_mode = false)
            {
                using var scope = NewDisposeScope();
                var mean = avg_pool2d(input.pow(norm_type), kernel_size, stride, null, ceil_mode);
                return Rooted(mean, norm_type, kernel_size.Aggregate(1L, (a, b) => a * b)).MoveToOuterDisposeScope();
            }

            // As PyTorch does it: relu keeps a rounding error below zero from becoming NaN.
            private static Tensor Rooted(Tensor mean, double power, long count) =>
                mean.sign().mul(mean.abs().relu()).mul(count).pow(1 / power);

            private static Tensor First((Tensor First, Tensor Second) pair)
            {
                pair.Second.Dispose();
                return pair.First;
            }
        }
    }
}
