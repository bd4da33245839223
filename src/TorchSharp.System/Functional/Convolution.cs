namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Linear maps: dense, convolutions, bilinear, attention.
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Ops.linear.Call(input, weights, bias);

            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) =>
                Ops.bilinear.Call(input1, input2, weight, bias);

            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? dilation = null, long groups = 1) =>
                Ops.conv1d.Call(input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                Ops.conv2d.Call(input, weight, bias, Or(strides, 1), Or(padding, 0), Or(dilation, 1), groups);

            public static Tensor conv3d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, long groups = 1) =>
                Ops.conv3d.Call(input, weight, bias, Or(strides, 1), Or(padding, 0), Or(dilation, 1), groups);

            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null,
                Padding padding = Padding.Valid, long? dilation = null, long groups = 1) =>
                Ops.conv1d_padding.Call(input, weight, bias, stride ?? 1, Named(padding), dilation ?? 1, groups);

            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Ops.conv2d_padding.Call(input, weight, bias, Or(strides, 1), Named(padding), Or(dilation, 1), groups);

            public static Tensor conv3d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Ops.conv3d_padding.Call(input, weight, bias, Or(strides, 1), Named(padding), Or(dilation, 1), groups);

            public static Tensor conv_transpose1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? output_padding = null, long? dilation = null, long groups = 1) =>
                Ops.conv_transpose1d.Call(
                    input, weight, bias, stride ?? 1, padding ?? 0, output_padding ?? 0, groups, dilation ?? 1);

            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.conv_transpose2d_input.Call(
                    input, weight, bias, Or(strides, 1), Or(padding, 0), Or(output_padding, 0), groups,
                    Or(dilation, 1));

            public static Tensor conv_transpose3d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.conv_transpose3d_input.Call(
                    input, weight, bias, Or(strides, 1), Or(padding, 0), Or(output_padding, 0), groups,
                    Or(dilation, 1));

            public static Tensor unfold(
                Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Ops.im2col.Call(input, kernel_size, dilation, padding, stride);

            public static Tensor unfold(
                Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null,
                (long, long)? stride = null) =>
                Ops.im2col.Call(input, kernel_size, dilation ?? (1, 1), padding ?? (0, 0), stride ?? (1, 1));

            public static Tensor fold(
                Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0,
                long stride = 1) =>
                Ops.col2im.Call(input, output_size, kernel_size, dilation, padding, stride);

            public static Tensor fold(
                Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null,
                (long, long)? padding = null, (long, long)? stride = null) =>
                Ops.col2im.Call(
                    input, output_size, kernel_size, dilation ?? (1, 1), padding ?? (0, 0), stride ?? (1, 1));

            /// <summary>Softmax of the scaled products of queries and keys, times the values.</summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0,
                bool is_casual = false)
            {
                if (Ops.scaled_dot_product_attention.Exists)
                    return Ops.scaled_dot_product_attention.Call(query, key, value, attn_mask, p, is_casual);
                if (attn_mask is not null && is_casual) throw new ArgumentException(
                    "Either a mask is given or the causal one is asked for, not both.", nameof(is_casual));
                using var scope = NewDisposeScope();
                var scores = query.mul(1 / Math.Sqrt(query.shape[^1])).matmul(key.transpose(-2, -1));
                if (is_casual) attn_mask = ones([query.shape[^2], key.shape[^2]], ScalarType.Bool, query.device).tril();
                if (attn_mask is { dtype: ScalarType.Bool }) scores = scores.masked_fill(
                    attn_mask.logical_not(), double.NegativeInfinity);
                else if (attn_mask is not null) scores = scores.add(attn_mask);
                return dropout(scores.softmax(-1), p, p > 0).matmul(value).MoveToOuterDisposeScope();
            }

            // One number stands for all dimensions.
            private static Arg Or(long[]? given, long otherwise) => given is null ? otherwise : given;

            private static string Named(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}
