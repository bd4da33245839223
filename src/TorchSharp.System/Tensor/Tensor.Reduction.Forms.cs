namespace TorchSharp;

// Reductions over dimensions that are given in more than one form, or with a type that the operator has not.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum_dim_IntList.Call(this, (dim0, dim1), keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum_dim_IntList.Call(this, (dim0, dim1, dim2), keepdim, type);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Ops.amax, Ops.amax_out, dims, keepdim);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            amax(dims.ToArray(), keepdim, @out);

        public Tensor amax(params long[] dims) => Ops.amax.Call(this, dims);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Ops.amin, Ops.amin_out, dims, keepdim);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            amin(dims.ToArray(), keepdim, @out);

        public Tensor amin(params long[] dims) => Ops.amin.Call(this, dims);

        private Tensor Into(Tensor? result, Op op, Op into, long[] dims, bool keepdim)
        {
            if (result is null) return op.Call(this, dims, keepdim);
            into.Run(this, dims, keepdim, result);
            return result;
        }

        /// <summary>Sorted ascending unless asked; equal elements keep their order if it is to be stable.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Ops.sort_stable.Call2(this, stable, dim, descending);

        public (Tensor output, Tensor inverse_indices, Tensor counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            dim is { } d
                ? Ops.unique_dim.Call3(this, d, sorted, return_inverse, return_counts)
                : Ops._unique2.Call3(this, sorted, return_inverse, return_counts);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.std_dim, [dim], unbiased, keepdim, type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.std_dim, [dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor std(
            (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.std_dim, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.std_dim, dimensions, unbiased, keepdim, type);

        public Tensor std(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.std_dim, dimensions.ToArray(), unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.var_dim, [dim], unbiased, keepdim, type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.var_dim, [dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor var(
            (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.var_dim, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.var_dim, dimensions, unbiased, keepdim, type);

        public Tensor var(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Spread(Ops.var_dim, dimensions.ToArray(), unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(
            long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.std_mean_dim, [dim], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(
            (long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.std_mean_dim, [dim.Item1, dim.Item2], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(
            (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.std_mean_dim, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.std_mean_dim, dimensions, unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.std_mean_dim, dimensions.ToArray(), unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(
            long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.var_mean_dim, [dim], unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(
            (long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.var_mean_dim, [dim.Item1, dim.Item2], unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(
            (long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.var_mean_dim, [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) var_mean(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.var_mean_dim, dimensions, unbiased, keepdim, type);

        public (Tensor std, Tensor mean) var_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            SpreadAndMean(Ops.var_mean_dim, dimensions.ToArray(), unbiased, keepdim, type);

        // With a type, the input is of that type first.
        private Tensor Spread(Op op, long[]? dims, bool unbiased, bool keepdim, ScalarType? type)
        {
            if (type is null || type == dtype) return op.Call(this, dims, unbiased, keepdim);
            using var input = to(type.Value);
            return op.Call(input, dims, unbiased, keepdim);
        }

        private (Tensor, Tensor) SpreadAndMean(Op op, long[]? dims, bool unbiased, bool keepdim, ScalarType? type)
        {
            if (type is null || type == dtype) return op.Call2(this, dims, unbiased, keepdim);
            using var input = to(type.Value);
            return op.Call2(input, dims, unbiased, keepdim);
        }
    }
}
