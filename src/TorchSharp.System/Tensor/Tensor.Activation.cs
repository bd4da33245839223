namespace TorchSharp;

// Activations.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor celu() => Ops.celu.Unary(this);
        public Tensor celu(Scalar alpha) => Ops.celu.Call(this, alpha);
        public Tensor celu_() => Ops.celu_.Apply(this);
        public Tensor celu_(Scalar alpha) => Ops.celu_.Apply(this, alpha);
        public Tensor channel_shuffle(long groups) => Ops.channel_shuffle.Call(this, groups);

        public Tensor elu(double alpha = 1) => Ops.elu.Call(this, alpha);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Ops.elu.Call(this, alpha, scale, input_scale);
        public Tensor elu_(double alpha = 1) => Ops.elu_.Apply(this, alpha);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Ops.elu_.Apply(this, alpha, scale, input_scale);

        public Tensor gelu() => Ops.gelu.Unary(this);
        public Tensor gelu_() => Ops.gelu_.Apply(this);
        public Tensor glu(long dim = -1) => Ops.glu.Call(this, dim);

        public Tensor hardsigmoid() => Ops.hardsigmoid.Unary(this);
        public Tensor hardsigmoid_() => Ops.hardsigmoid_.Apply(this);
        public Tensor hardswish() => Ops.hardswish.Unary(this);
        public Tensor hardswish_() => Ops.hardswish_.Apply(this);
        public Tensor hardtanh(Scalar min, Scalar max) => Ops.hardtanh.Call(this, min, max);
        public Tensor hardtanh_(Scalar min, Scalar max) => Ops.hardtanh_.Apply(this, min, max);

        public Tensor leaky_relu(Scalar negative_slope) => Ops.leaky_relu.Call(this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Ops.leaky_relu_.Apply(this, negative_slope);
        public Tensor log_sigmoid() => Ops.log_sigmoid.Unary(this);

        public Tensor prelu(Tensor target) => Ops.prelu.Binary(this, target);

        public Tensor relu() => Ops.relu.Unary(this);
        public Tensor relu_() => Ops.relu_.Apply(this);
        public Tensor relu6() => Ops.relu6.Unary(this);
        public Tensor relu6_() => Ops.relu6_.Apply(this);
        public Tensor rrelu(double lower = 0.125, double upper = 0.3333333333333333) =>
            Ops.rrelu.Call(this, lower, upper);
        public Tensor rrelu_(double lower = 0.125, double upper = 0.3333333333333333) =>
            Ops.rrelu_.Apply(this, lower, upper);

        public Tensor selu() => Ops.selu.Unary(this);
        public Tensor selu_() => Ops.selu_.Apply(this);
        public Tensor silu() => Ops.silu.Unary(this);
        public Tensor silu_() => Ops.silu_.Apply(this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Ops.softplus.Call(this, beta, threshold);

        public Tensor threshold(Scalar threshold, Scalar value) => Ops.threshold.Call(this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) => Ops.threshold_.Apply(this, threshold, value);
    }
}
