namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The inverse of max pooling, as far as it has one.
        public static partial class functional
        {
            public static Tensor max_unpool1d(
                Tensor input, Tensor indices, long kernel_size, long? stride = null, long? padding = null,
                long[]? output_size = null)
            {
                using var scope = NewDisposeScope();
                var size = Unpooled(
                    input, [kernel_size], stride is { } s ? [s] : null, padding is { } p ? [p] : null, output_size);
                return Ops.max_unpool2d.Call(
                    input.unsqueeze(-1), indices.unsqueeze(-1), (size[0], 1)).squeeze(-1).MoveToOuterDisposeScope();
            }

            public static Tensor max_unpool2d(
                Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                long[]? output_size = null) =>
                Ops.max_unpool2d.Call(input, indices, Unpooled(input, kernel_size, stride, padding, output_size));

            public static Tensor max_unpool3d(
                Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                long[]? output_size = null) =>
                Ops.max_unpool3d.Call(
                    input, indices, Unpooled(
                        input, kernel_size, stride, padding,
                        output_size), stride ?? kernel_size, padding ?? [0, 0, 0]);

            // The size before pooling that loses nothing, where none is given.
            private static long[] Unpooled(Tensor input, long[] kernel, long[]? stride, long[]? padding, long[]? given)
            {
                if (given is not null) return given[^kernel.Length..];
                var last = input.shape[^kernel.Length..];
                stride ??= kernel;
                return last.Select((n, i) => ((n - 1) * stride[i]) + kernel[i] - (2 * (padding?[i] ?? 0))).ToArray();
            }
        }
    }
}
