namespace TorchSharp;

public static partial class torch
{
    /// <summary>Special functions, as SciPy has them.</summary>
    public static partial class special
    {
        public static Tensor digamma(Tensor input) => Ops.special_digamma.Unary(input);

        public static Tensor entr(Tensor input) => Ops.special_entr.Unary(input);
        public static Tensor erf(Tensor input) => Ops.special_erf.Unary(input);
        public static Tensor erfc(Tensor input) => Ops.special_erfc.Unary(input);
        public static Tensor erfcx(Tensor input) => Ops.special_erfcx.Unary(input);
        public static Tensor erfinv(Tensor input) => Ops.special_erfinv.Unary(input);
        public static Tensor exp2(Tensor input) => Ops.special_exp2.Unary(input);
        public static Tensor expit(Tensor input) => Ops.special_expit.Unary(input);
        public static Tensor expm1(Tensor input) => Ops.special_expm1.Unary(input);

        public static Tensor gammainc(Tensor input, Tensor other) => Ops.special_gammainc.Binary(input, other);
        public static Tensor gammaincc(Tensor input, Tensor other) => Ops.special_gammaincc.Binary(input, other);
        public static Tensor gammaln(Tensor input) => Ops.special_gammaln.Unary(input);

        public static Tensor i0(Tensor input) => Ops.special_i0.Unary(input);
        public static Tensor i0e(Tensor input) => Ops.special_i0e.Unary(input);
        public static Tensor i1(Tensor input) => Ops.special_i1.Unary(input);
        public static Tensor i1e(Tensor input) => Ops.special_i1e.Unary(input);

        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) =>
            Ops.special_log_softmax.Call(input, dim, dtype);
        public static Tensor logit(Tensor input) => Ops.special_logit.Unary(input);

        public static Tensor multigammaln(Tensor input, long p) => Ops.special_multigammaln.Call(input, p);

        public static Tensor ndtr(Tensor input) => Ops.special_ndtr.Unary(input);
        public static Tensor ndtri(Tensor input) => Ops.special_ndtri.Unary(input);

        public static Tensor polygamma(long n, Tensor input) => Ops.special_polygamma.Call(n, input);
        public static Tensor psi(Tensor input) => Ops.special_psi.Unary(input);

        public static Tensor sinc(Tensor input) => Ops.special_sinc.Unary(input);
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
            Ops.special_softmax.Call(input, dim, dtype);

        public static Tensor xlog1py(Tensor input, Tensor other) => Ops.special_xlog1py.Binary(input, other);

        public static Tensor zeta(Tensor x, Tensor q) => Ops.special_zeta.Binary(x, q);
    }
}
