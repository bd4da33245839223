namespace TorchSharp;

// Functions of each element by itself.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Ops.abs.Unary(this);
        public Tensor abs_() => Ops.abs_.Apply(this);
        public Tensor absolute() => Ops.absolute.Unary(this);
        public Tensor absolute_() => Ops.absolute_.Apply(this);
        public Tensor acos() => Ops.acos.Unary(this);
        public Tensor acos_() => Ops.acos_.Apply(this);
        public Tensor acosh() => Ops.acosh.Unary(this);
        public Tensor acosh_() => Ops.acosh_.Apply(this);
        public Tensor angle() => Ops.angle.Unary(this);
        public Tensor arccos() => Ops.arccos.Unary(this);
        public Tensor arccos_() => Ops.arccos_.Apply(this);
        public Tensor arccosh() => Ops.arccosh.Unary(this);
        public Tensor arccosh_() => Ops.arccosh_.Apply(this);
        public Tensor arcsin() => Ops.arcsin.Unary(this);
        public Tensor arcsin_() => Ops.arcsin_.Apply(this);
        public Tensor arcsinh() => Ops.arcsinh.Unary(this);
        public Tensor arcsinh_() => Ops.arcsinh_.Apply(this);
        public Tensor arctan() => Ops.arctan.Unary(this);
        public Tensor arctan_() => Ops.arctan_.Apply(this);
        public Tensor arctan2(Tensor other) => Ops.arctan2.Binary(this, other);
        public Tensor arctan2_(Tensor other) => Ops.arctan2_.Apply(this, other);
        public Tensor arctanh() => Ops.arctanh.Unary(this);
        public Tensor arctanh_() => Ops.arctanh_.Apply(this);
        public Tensor asin() => Ops.asin.Unary(this);
        public Tensor asin_() => Ops.asin_.Apply(this);
        public Tensor asinh() => Ops.asinh.Unary(this);
        public Tensor asinh_() => Ops.asinh_.Apply(this);
        public Tensor atan() => Ops.atan.Unary(this);
        public Tensor atan_() => Ops.atan_.Apply(this);
        public Tensor atan2(Tensor other) => Ops.atan2.Binary(this, other);
        public Tensor atan2_(Tensor other) => Ops.atan2_.Apply(this, other);
        public Tensor atanh() => Ops.atanh.Unary(this);
        public Tensor atanh_() => Ops.atanh_.Apply(this);

        public Tensor ceil() => Ops.ceil.Unary(this);
        public Tensor ceil_() => Ops.ceil_.Apply(this);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Call(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Ops.clamp_Tensor.Call(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.clamp_.Apply(this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Ops.clamp__Tensor.Apply(this, min, max);
        public Tensor clamp_max(Scalar max) => Ops.clamp_max.Call(this, max);
        public Tensor clamp_max_(Scalar max) => Ops.clamp_max_.Apply(this, max);
        public Tensor clamp_min(Scalar min) => Ops.clamp_min.Call(this, min);
        public Tensor clamp_min_(Scalar min) => Ops.clamp_min_.Apply(this, min);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => Ops.clip.Call(this, min, max);
        public Tensor conj() => Ops.conj.Unary(this);
        public Tensor conj_physical() => Ops.conj_physical.Unary(this);
        public Tensor conj_physical_() => Ops.conj_physical_.Apply(this);
        public Tensor copysign(Tensor other) => Ops.copysign_Tensor.Binary(this, other);
        public Tensor copysign_(Tensor other) => Ops.copysign__Tensor.Apply(this, other);
        public Tensor cos() => Ops.cos.Unary(this);
        public Tensor cos_() => Ops.cos_.Apply(this);
        public Tensor cosh() => Ops.cosh.Unary(this);
        public Tensor cosh_() => Ops.cosh_.Apply(this);

        public Tensor deg2rad() => Ops.deg2rad.Unary(this);
        public Tensor deg2rad_() => Ops.deg2rad_.Apply(this);
        public Tensor digamma() => Ops.digamma.Unary(this);
        public Tensor digamma_() => Ops.digamma_.Apply(this);

        public Tensor erf() => Ops.erf.Unary(this);
        public Tensor erf_() => Ops.erf_.Apply(this);
        public Tensor erfc() => Ops.erfc.Unary(this);
        public Tensor erfc_() => Ops.erfc_.Apply(this);
        public Tensor erfinv() => Ops.erfinv.Unary(this);
        public Tensor erfinv_() => Ops.erfinv_.Apply(this);
        public Tensor exp() => Ops.exp.Unary(this);
        public Tensor exp_() => Ops.exp_.Apply(this);
        public Tensor exp2() => Ops.exp2.Unary(this);
        public Tensor exp2_() => Ops.exp2_.Apply(this);
        public Tensor expm1() => Ops.expm1.Unary(this);
        public Tensor expm1_() => Ops.expm1_.Apply(this);

        public Tensor fix() => Ops.fix.Unary(this);
        public Tensor fix_() => Ops.fix_.Apply(this);
        public Tensor float_power(Tensor target) => Ops.float_power_Tensor_Tensor.Binary(this, target);
        public Tensor float_power_(Tensor target) => Ops.float_power__Tensor.Apply(this, target);
        public Tensor floor() => Ops.floor.Unary(this);
        public Tensor floor_() => Ops.floor_.Apply(this);
        public Tensor frac() => Ops.frac.Unary(this);
        public Tensor frac_() => Ops.frac_.Apply(this);
        public (Tensor Mantissa, Tensor Exponent) frexp() => Ops.frexp_Tensor.Call2(this);

        public Tensor heaviside(Tensor other) => Ops.heaviside.Binary(this, other);
        public Tensor heaviside_(Tensor other) => Ops.heaviside_.Apply(this, other);
        public Tensor hypot(Tensor other) => Ops.hypot.Binary(this, other);

        public Tensor i0() => Ops.i0.Unary(this);
        public Tensor i0_() => Ops.i0_.Apply(this);
        public Tensor igamma(Tensor other) => Ops.igamma.Binary(this, other);
        public Tensor igammac(Tensor other) => Ops.igammac.Binary(this, other);

        public Tensor ldexp(Tensor other) => Ops.ldexp_Tensor.Binary(this, other);
        public Tensor ldexp_(Tensor other) => Ops.ldexp_.Apply(this, other);
        public Tensor lgamma() => Ops.lgamma.Unary(this);
        public Tensor lgamma_() => Ops.lgamma_.Apply(this);
        public Tensor log() => Ops.log.Unary(this);
        public Tensor log_() => Ops.log_.Apply(this);
        public Tensor log10() => Ops.log10.Unary(this);
        public Tensor log10_() => Ops.log10_.Apply(this);
        public Tensor log1p() => Ops.log1p.Unary(this);
        public Tensor log1p_() => Ops.log1p_.Apply(this);
        public Tensor log2() => Ops.log2.Unary(this);
        public Tensor log2_() => Ops.log2_.Apply(this);
        public Tensor logaddexp(Tensor other) => Ops.logaddexp.Binary(this, other);
        public Tensor logaddexp2(Tensor other) => Ops.logaddexp2.Binary(this, other);
        public Tensor logit(double? eps = null) => Ops.logit.Call(this, eps);
        public Tensor logit_(double? eps = null) => Ops.logit_.Apply(this, eps);

        public Tensor mvlgamma(long p) => Ops.mvlgamma.Call(this, p);
        public Tensor mvlgamma_(long p) => Ops.mvlgamma_.Apply(this, p);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Ops.nan_to_num.Call(this, nan, posinf, neginf);
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            Ops.nan_to_num_.Apply(this, nan, posinf, neginf);
        public Tensor neg() => Ops.neg.Unary(this);
        public Tensor neg_() => Ops.neg_.Apply(this);
        public Tensor negative() => Ops.negative.Unary(this);
        public Tensor nextafter(Tensor other) => Ops.nextafter.Binary(this, other);
        public Tensor nextafter_(Tensor other) => Ops.nextafter_.Apply(this, other);

        public Tensor polygamma_(long p) => Ops.polygamma_.Apply(this, p);
        public Tensor positive() => Ops.positive.Unary(this);

        public Tensor rad2deg() => Ops.rad2deg.Unary(this);
        public Tensor rad2deg_() => Ops.rad2deg_.Apply(this);
        public Tensor reciprocal() => Ops.reciprocal.Unary(this);
        public Tensor reciprocal_() => Ops.reciprocal_.Apply(this);
        public Tensor resolve_conj() => Ops.resolve_conj.Unary(this);
        public Tensor resolve_neg() => Ops.resolve_neg.Unary(this);
        public Tensor round(long decimals = 0) => Ops.round_decimals.Call(this, decimals);
        public Tensor round_(long decimals = 0) => Ops.round__decimals.Apply(this, decimals);
        public Tensor rsqrt() => Ops.rsqrt.Unary(this);
        public Tensor rsqrt_() => Ops.rsqrt_.Apply(this);

        public Tensor sgn() => Ops.sgn.Unary(this);
        public Tensor sgn_() => Ops.sgn_.Apply(this);
        public Tensor sigmoid() => Ops.sigmoid.Unary(this);
        public Tensor sigmoid_() => Ops.sigmoid_.Apply(this);
        public Tensor sign() => Ops.sign.Unary(this);
        public Tensor sign_() => Ops.sign_.Apply(this);
        public Tensor signbit() => Ops.signbit.Unary(this);
        public Tensor sin() => Ops.sin.Unary(this);
        public Tensor sin_() => Ops.sin_.Apply(this);
        public Tensor sinc() => Ops.sinc.Unary(this);
        public Tensor sinc_() => Ops.sinc_.Apply(this);
        public Tensor sinh() => Ops.sinh.Unary(this);
        public Tensor sinh_() => Ops.sinh_.Apply(this);
        public Tensor sqrt() => Ops.sqrt.Unary(this);
        public Tensor sqrt_() => Ops.sqrt_.Apply(this);
        public Tensor square() => Ops.square.Unary(this);

        public Tensor tan() => Ops.tan.Unary(this);
        public Tensor tan_() => Ops.tan_.Apply(this);
        public Tensor tanh() => Ops.tanh.Unary(this);
        public Tensor tanh_() => Ops.tanh_.Apply(this);
        public Tensor trunc() => Ops.trunc.Unary(this);
        public Tensor trunc_() => Ops.trunc_.Apply(this);

        public Tensor xlogy(Tensor y) => Ops.xlogy_Tensor.Binary(this, y);
        public Tensor xlogy(Scalar y) => Ops.xlogy_Scalar_Other.Call(this, y);
        public Tensor xlogy_(Tensor y) => Ops.xlogy__Tensor.Apply(this, y);
        public Tensor xlogy_(Scalar y) => Ops.xlogy__Scalar_Other.Apply(this, y);
    }
}
