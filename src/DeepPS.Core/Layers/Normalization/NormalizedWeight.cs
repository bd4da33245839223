using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Weights computed in each forward pass from other parameters, with PyTorch's names and defaults.</summary>
internal static class NormalizedWeight
{
    /// <summary>The smallest divisor, PyTorch's default.</summary>
    private const double Epsilon = 1e-12;

    /// <summary>The rounds of power iteration before the first step.</summary>
    private const int FirstRounds = 15;

    /// <summary>w = g v / |v|, the length over all axes but the first. Parameters: <c>weight_g</c> (the first size,
    /// then 1 for each other axis) and <c>weight_v</c> (as the weight).</summary>
    public static Func<ForwardContext, Tensor> ByLength(LayerBuilder builder, long[] sizes, Initializer initializer)
    {
        var length = builder.Parameter("weight_g", [sizes[0], .. Enumerable.Repeat(1L, sizes.Length - 1)], new Ones());
        var direction = builder.Parameter("weight_v", sizes, initializer);
        var axes = Enumerable.Range(1, sizes.Length - 1).Select(axis => (long)axis).ToArray();
        length.Load(Length(direction.Value.detach()));
        return _ => direction.Value.mul(length.Value.div(Length(direction.Value)));

        Tensor Length(Tensor weight) => linalg.vector_norm(weight, 2, axes, keepdim: true);
    }

    /// <summary>w = W / s, s the largest singular value of W as a matrix of its outputs. Parameter: <c>weight_orig</c>.
    /// Buffers: <c>weight_u</c> and <c>weight_v</c>, estimates of its singular vectors: each forward pass of training
    /// improves them by one round of power iteration.</summary>
    public static Func<ForwardContext, Tensor> Spectral(LayerBuilder builder, long[] sizes, Initializer initializer,
        int outputAxis)
    {
        var original = builder.Parameter("weight_orig", sizes, initializer);
        var outputs = sizes[outputAxis];
        var left = builder.Buffer("weight_u", [outputs], new Normal());
        var right = builder.Buffer("weight_v", [sizes.Aggregate(1L, (product, size) => product * size) / outputs],
            new Normal());
        left.Load(Direction(left.Value));
        for (var round = 0; round < FirstRounds; round++)
            Iterate();
        return context =>
        {
            if (context.Training)
                Iterate();
            // Copies, since the next forward pass may overwrite the buffers before this one's backward pass.
            return original.Value.div(left.Value.clone().dot(Matrix().mv(right.Value.clone())));
        };

        Tensor Matrix() => original.Value.transpose(0, outputAxis).reshape(outputs, -1);

        void Iterate()
        {
            using var noGradient = no_grad();
            var matrix = Matrix();
            right.Load(Direction(matrix.t().mv(left.Value)));
            left.Load(Direction(matrix.mv(right.Value)));
        }
    }

    private static Tensor Direction(Tensor vector) => F.normalize(vector, dim: 0, eps: Epsilon);
}
