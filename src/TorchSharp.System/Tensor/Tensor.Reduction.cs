namespace TorchSharp;

// Reductions, cumulations, orders and counts.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor all() => Ops.all.Unary(this);
        public Tensor all(long dim, bool keepdim = false) => Ops.all_dim.Call(this, dim, keepdim);
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            Ops.aminmax.Call2(this, dim, keepdim);
        public Tensor any() => Ops.any.Unary(this);
        public Tensor any(long dim, bool keepdim = false) => Ops.any_dim.Call(this, dim, keepdim);
        public Tensor argmax() => Ops.argmax.Unary(this);
        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Call(this, dim, keepdim);
        public Tensor argmin() => Ops.argmin.Unary(this);
        public Tensor argmin(long dim, bool keepdim = false) => Ops.argmin.Call(this, dim, keepdim);
        public Tensor argsort(long dim = -1, bool descending = false) => Ops.argsort.Call(this, dim, descending);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Ops.bincount.Call(this, weights, minlength);

        public Tensor corrcoef() => Ops.corrcoef.Unary(this);
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Ops.cov.Call(this, correction, fweights, aweights);
        public (Tensor values, Tensor indexes) cummax(long dim) => Ops.cummax.Call2(this, dim);
        public (Tensor values, Tensor indexes) cummin(long dim) => Ops.cummin.Call2(this, dim);
        public Tensor cumprod(long dim, ScalarType? type = null) => Ops.cumprod.Call(this, dim, type);
        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.cumsum.Call(this, dim, type);
        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => Ops.cumulative_trapezoid_x.Call(this, x, dim);
        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) =>
            Ops.cumulative_trapezoid_dx.Call(this, dx, dim);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Ops.diff.Call(this, n, dim, prepend, append);
        public Tensor dist(Tensor other, float p = 2f) => Ops.dist.Call(this, other, p);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Ops.kthvalue.Call2(this, k, dim, keepdim);

        public Tensor logcumsumexp(long dim) => Ops.logcumsumexp.Call(this, dim);
        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.logsumexp.Call(this, dim, keepdim);

        public Tensor max() => Ops.max.Unary(this);
        public Tensor max(Tensor other) => Ops.max_other.Binary(this, other);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Ops.max_dim.Call2(this, dim, keepdim);
        public Tensor mean() => Ops.mean.Unary(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Ops.mean_dim.Call(this, dimensions, keepdim, type);
        public Tensor median() => Ops.median.Unary(this);
        public Tensor min() => Ops.min.Unary(this);
        public Tensor min(Tensor other) => Ops.min_other.Binary(this, other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Ops.min_dim.Call2(this, dim, keepdim);
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) =>
            Ops.mode.Call2(this, dim, keepdim);
        public Tensor msort() => Ops.msort.Unary(this);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Ops.nanmean.Call(this, dim, keepdim, dtype);
        public Tensor nanmedian() => Ops.nanmedian.Unary(this);
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Ops.nanquantile.Call(this, q, dim, keepdim);
        public Tensor nansum() => Ops.nansum.Unary(this);
        public Tensor norm(float p = 2f) => Ops.norm_Scalar.Call(this, p);

        public Tensor prod(ScalarType? type = null) => Ops.prod.Call(this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.prod_dim_int.Call(this, dim, keepdim, type);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Ops.quantile.Call(this, q, dim, keepdim);

        public Tensor std(bool unbiased = true) => Ops.std.Call(this, unbiased);
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Ops.std_mean.Call2(this, unbiased);
        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum_dim_IntList.Call(this, dim, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum_dim_IntList.Call(this, dim, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum_dim_IntList.Call(this, dim, keepdim, type);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.topk.Call2(this, k, dim, largest, sorted);
        public Tensor trapezoid(Tensor x, long dim = -1) => Ops.trapezoid_x.Call(this, x, dim);
        public Tensor trapezoid(double dx = 1, long dim = -1) => Ops.trapezoid_dx.Call(this, dx, dim);

        public (Tensor output, Tensor inverse_indices, Tensor counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Ops.unique_consecutive.Call3(this, return_inverse, return_counts, dim);

        public Tensor var(bool unbiased = true) => Ops.var.Call(this, unbiased);
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Ops.var_mean.Call2(this, unbiased);
    }
}
