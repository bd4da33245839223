namespace TorchSharp;

// Members whose operator has another name, another order or another form.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Ops.div_Tensor.Binary(this, target)
                : Ops.div_Tensor_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Ops.div_Scalar.Call(this, target)
                : Ops.div_Scalar_mode.Call(this, target, Rounding(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Ops.div__Tensor.Apply(this, target)
                : Ops.div__Tensor_mode.Apply(this, target, Rounding(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Ops.div__Scalar.Apply(this, target)
                : Ops.div__Scalar_mode.Apply(this, target, Rounding(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor where(Tensor condition, Tensor y) => Ops.where_self.Call(condition, this, y);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Ops.count_nonzero.Call(this) : Ops.count_nonzero_dim_IntList.Call(this, dims);

        /// <summary>A tensor of one truth: whether the two hold equal elements in equal shapes.</summary>
        public Tensor equal(Tensor target) => torch.tensor(Equals(target));

        public Tensor polygamma(long p) => Ops.polygamma.Call(p, this);

        public Tensor arctan(Tensor other) => arctan2(other);

        public Tensor arctan_(Tensor other) => arctan2_(other);

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Ops.random__from.Apply(this, (long)from, (long)to, generator);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Ops.histc.Call(this, bins, min, max);

        public Tensor norm(int dim, bool keepdim = false, float p = 2f) =>
            Ops.norm_ScalarOpt_dim.Call(this, p, (long[])[dim], keepdim);

        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) =>
            Ops.linalg_pinv.Call(this, rcond, hermitian);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            tensordot(b, Array.ConvertAll(dims, d => d.Item1), Array.ConvertAll(dims, d => d.Item2));

        public Tensor tensordot(Tensor b, long dims = 2)
        {
            var (first, second) = (new long[dims], new long[dims]);
            for (var i = 0; i < dims; i++) (first[i], second[i]) = (ndim - dims + i, i);
            return tensordot(b, first, second);
        }

        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax_int.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax_int.Call(this, dim, dtype);

        public Tensor rot90(long k = 1, (long, long)? dims = null) => Ops.rot90.Call(this, k, dims ?? (0, 1));

        public IList<Tensor> nonzero_as_list() => Ops.nonzero_numpy.CallList(this);

        public Tensor T => Ops.numpy_T.Call(this);

        public Tensor H => Ops.matrix_H.Call(this);

        public Tensor mT => Ops.mT.Call(this);

        public Tensor mH => Ops.mH.Call(this);

        public Tensor real => Ops.real.Call(this);

        public Tensor imag => Ops.imag.Call(this);

        private static string Rounding(RoundingMode mode) => mode == RoundingMode.trunc ? "trunc" : "floor";
    }

    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.einsum.Call(equation, tensors);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.where_self.Call(condition, x, y);

    public static Tensor[] where(Tensor condition) => Ops.where.CallList(condition);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Ops.meshgrid_indexing.CallList(tensors.ToArray(), indexing);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Ops.broadcast_tensors.CallList(tensors);

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => Ops.atleast_1d_Sequence.CallList(input);

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => Ops.atleast_2d_Sequence.CallList(input);

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => Ops.atleast_3d_Sequence.CallList(input);

    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2,
        compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Ops.cdist.Call(x1, x2, p, (long)compute_mode);

    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim([source], [destination]);

    public static Tensor moveaxis(Tensor input, long source, long destination) =>
        input.moveaxis([source], [destination]);

    public static Size broadcast_shapes(params long[][] shapes)
    {
        using var scope = NewDisposeScope();
        return Ops.broadcast_tensors.CallList(Array.ConvertAll(shapes, s => empty(s, device: META)))[0].shape;
    }
}
