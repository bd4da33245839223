namespace TorchSharp;

// Comparisons and truths.
public static partial class torch
{
    public partial class Tensor
    {
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.allclose.CallScalar(this, target, rtol, atol, equal_nan).ToBoolean();

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Ops.bucketize_Tensor.Call(this, boundaries, outInt32, right);

        public Tensor eq(Scalar target) => Ops.eq_Scalar.Call(this, target);
        public Tensor eq(Tensor target) => Ops.eq_Tensor.Binary(this, target);
        public Tensor eq_(Scalar target) => Ops.eq__Scalar.Apply(this, target);
        public Tensor eq_(Tensor target) => Ops.eq__Tensor.Apply(this, target);

        public Tensor ge(Scalar target) => Ops.ge_Scalar.Call(this, target);
        public Tensor ge(Tensor target) => Ops.ge_Tensor.Binary(this, target);
        public Tensor ge_(Scalar target) => Ops.ge__Scalar.Apply(this, target);
        public Tensor ge_(Tensor target) => Ops.ge__Tensor.Apply(this, target);
        public Tensor greater(Tensor target) => Ops.greater_Tensor.Binary(this, target);
        public Tensor greater_equal(Tensor target) => Ops.greater_equal_Tensor.Binary(this, target);
        public Tensor gt(Scalar target) => Ops.gt_Scalar.Call(this, target);
        public Tensor gt(Tensor target) => Ops.gt_Tensor.Binary(this, target);
        public Tensor gt_(Scalar target) => Ops.gt__Scalar.Apply(this, target);
        public Tensor gt_(Tensor target) => Ops.gt__Tensor.Apply(this, target);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Ops.isclose.Call(this, other, rtol, atol, nanEqual);
        public Tensor isfinite() => Ops.isfinite.Unary(this);
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Ops.isin_Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);
        public Tensor isinf() => Ops.isinf.Unary(this);
        public Tensor isnan() => Ops.isnan.Unary(this);
        public Tensor isneginf() => Ops.isneginf.Unary(this);
        public Tensor isposinf() => Ops.isposinf.Unary(this);
        public Tensor isreal() => Ops.isreal.Unary(this);

        public Tensor le(Scalar target) => Ops.le_Scalar.Call(this, target);
        public Tensor le(Tensor target) => Ops.le_Tensor.Binary(this, target);
        public Tensor le_(Scalar target) => Ops.le__Scalar.Apply(this, target);
        public Tensor le_(Tensor target) => Ops.le__Tensor.Apply(this, target);
        public Tensor less(Tensor target) => Ops.less_Tensor.Binary(this, target);
        public Tensor less_equal(Tensor target) => Ops.less_equal_Tensor.Binary(this, target);
        public Tensor less_equal_(Tensor target) => Ops.less_equal__Tensor.Apply(this, target);
        public Tensor logical_and(Tensor other) => Ops.logical_and.Binary(this, other);
        public Tensor logical_and_(Tensor other) => Ops.logical_and_.Apply(this, other);
        public Tensor logical_not() => Ops.logical_not.Unary(this);
        public Tensor logical_not_() => Ops.logical_not_.Apply(this);
        public Tensor logical_or(Tensor other) => Ops.logical_or.Binary(this, other);
        public Tensor logical_or_(Tensor other) => Ops.logical_or_.Apply(this, other);
        public Tensor logical_xor(Tensor other) => Ops.logical_xor.Binary(this, other);
        public Tensor logical_xor_(Tensor other) => Ops.logical_xor_.Apply(this, other);
        public Tensor lt(Scalar target) => Ops.lt_Scalar.Call(this, target);
        public Tensor lt(Tensor target) => Ops.lt_Tensor.Binary(this, target);
        public Tensor lt_(Scalar target) => Ops.lt__Scalar.Apply(this, target);
        public Tensor lt_(Tensor target) => Ops.lt__Tensor.Apply(this, target);

        public Tensor ne(Scalar target) => Ops.ne_Scalar.Call(this, target);
        public Tensor ne(Tensor target) => Ops.ne_Tensor.Binary(this, target);
        public Tensor ne_(Scalar target) => Ops.ne__Scalar.Apply(this, target);
        public Tensor ne_(Tensor target) => Ops.ne__Tensor.Apply(this, target);
        public Tensor not_equal(Tensor target) => Ops.not_equal_Tensor.Binary(this, target);
        public Tensor not_equal_(Tensor target) => Ops.not_equal__Tensor.Apply(this, target);
    }
}
