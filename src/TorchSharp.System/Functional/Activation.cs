namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers and losses as functions.</summary>
        public static partial class functional
        {
            private static Tensor Either(bool inplace, Op op, Op inPlace, params ReadOnlySpan<Arg> arguments) =>
                inplace ? inPlace.Apply(arguments) : op.Call(arguments);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor relu6(Tensor x, bool inplace = false) => Either(inplace, Ops.relu6, Ops.relu6_, x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Either(inplace, Ops.leaky_relu, Ops.leaky_relu_, input, negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => Ops.prelu.Call(input, weight);

            /// <summary>As it is while not training: with the mean of the two slopes.</summary>
            public static Tensor rrelu(
                Tensor x, double lower = 1.0 / 8, double upper = 1.0 / 3, bool inplace = false) =>
                Either(inplace, Ops.rrelu, Ops.rrelu_, x, lower, upper);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                Either(inplace, Ops.elu, Ops.elu_, x, alpha);

            public static Tensor selu(Tensor x, bool inplace = false) => Either(inplace, Ops.selu, Ops.selu_, x);

            public static Tensor celu(Tensor x, double alpha, bool inplace = false) =>
                Either(inplace, Ops.celu, Ops.celu_, x, alpha);

            public static Tensor gelu(Tensor x) => Ops.gelu.Call(x);

            public static Tensor gelu(Tensor x, bool inplace) => Either(inplace, Ops.gelu, Ops.gelu_, x);

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                Either(inplace, Ops.gelu, Ops.gelu_, x, approximate.ToString());

            public static Tensor silu(Tensor x, bool inplace = false) => Either(inplace, Ops.silu, Ops.silu_, x);

            public static Tensor mish(Tensor x, bool inplace = false) => Either(inplace, Ops.mish, Ops.mish_, x);

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_() : x.sigmoid();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            public static Tensor logsigmoid(Tensor x) => Ops.log_sigmoid.Call(x);

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                Either(inplace, Ops.hardsigmoid, Ops.hardsigmoid_, input);

            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                Either(inplace, Ops.hardswish, Ops.hardswish_, input);

            public static Tensor hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) =>
                Either(inplace, Ops.hardtanh, Ops.hardtanh_, x, min_val, max_val);

            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Ops.hardshrink.Call(x, lambda);

            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Ops.softshrink.Call(x, lambda);

            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var shrunk = x.tanh();
                return inplace ? x.sub_(shrunk) : x.sub(shrunk);
            }

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                Ops.softplus.Call(x, beta, threshold);

            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var size = x.abs();
                using var divisor = size.add(1);
                return inplace ? x.div_(divisor) : x.div(divisor);
            }

            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                Either(inplace, Ops.threshold, Ops.threshold_, x, threshold, value);

            public static Tensor glu(Tensor input, long dim = -1) => Ops.glu.Call(input, dim);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor softmin(Tensor x, long dim)
            {
                using var negative = x.neg();
                return negative.softmax(dim);
            }

            public static Tensor softmax2d(Tensor x) => x.softmax(-3);
        }
    }
}
