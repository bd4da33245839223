namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Normalization and dropout.
        public static partial class functional
        {
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-05) =>
                Ops.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor instance_norm(
                Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null,
                Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-05) =>
                Ops.instance_norm.Call(
                    input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);

            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null,
                double eps = 1e-05) =>
                Ops.layer_norm.Call(input, normalized_shape, weight, bias, eps);

            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Ops.group_norm.Call(input, num_groups, weight, bias, eps);

            /// <summary>Divides by the size of the neighbouring channels.</summary>
            public static Tensor local_response_norm(
                Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1)
            {
                if (input.ndim < 3) throw new ArgumentException(
                    $"local_response_norm takes an input of three dimensions or more, not {input.ndim}.",
                    nameof(input));
                using var scope = NewDisposeScope();
                var shape = input.shape;
                var squares = input.mul(input).reshape(shape[0], 1, shape[1], shape[2], -1);
                var before = size / 2;
                var padded = pad(squares, [0, 0, 0, 0, before, (size - 1) / 2]);
                var mean = avg_pool3d(padded, [size, 1, 1], [1, 1, 1]).reshape(shape);
                return input.div(mean.mul(alpha).add(k).pow(beta)).MoveToOuterDisposeScope();
            }

            /// <summary>Each slice along the dimension divided by its norm.</summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                return input.div(Ops.norm_ScalarOpt_dim.Call(
                    input, p, (long[])[dim], true).clamp_min(eps).expand_as(input))
                    .MoveToOuterDisposeScope();
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Either(inplace, Ops.dropout, Ops.dropout_, input, p, training);

            /// <summary>Whole channels of (N, C, L) or (C, L).</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Channels(input, 2, p, training, inplace);

            /// <summary>Whole channels of (N, C, H, W) or (C, H, W).</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Channels(input, 3, p, training, inplace);

            /// <summary>Whole channels of (N, C, D, H, W) or (C, D, H, W).</summary>
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Channels(input, 4, p, training, inplace);

            public static Tensor alpha_dropout(
                Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Either(inplace, Ops.alpha_dropout, Ops.alpha_dropout_, input, p, training);

            public static Tensor feature_alpha_dropout(
                Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Either(inplace, Ops.feature_alpha_dropout, Ops.feature_alpha_dropout_, input, p, training);

            // The operator takes the second dimension for the channels: an input without a batch gets one.
            private static Tensor Channels(Tensor input, int unbatched, double p, bool training, bool inplace)
            {
                if (input.ndim != unbatched) return Either(
                    inplace, Ops.feature_dropout, Ops.feature_dropout_, input, p, training);
                using var scope = NewDisposeScope();
                var batch = input.unsqueeze(0);
                if (!inplace) return Ops.feature_dropout.Call(batch, p, training).squeeze(0).MoveToOuterDisposeScope();
                Ops.feature_dropout_.Run(batch, p, training);
                return input;
            }
        }
    }
}
