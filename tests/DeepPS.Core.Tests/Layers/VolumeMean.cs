using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Tests;

/// <summary>A layer that uses an operator without a bfloat16 version for the CPU.</summary>
internal sealed record VolumeMean : UnaryLayer
{
    /// <summary>The operator, as torch names it in its error.</summary>
    public const string Operator = "avg_pool3d_out_frame";

    protected override Shape OutputShape(Shape input) => input;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (input, context) =>
        F.avg_pool3d(context.ForSum(input).unsqueeze(0), [1L, 1, 1], [1L, 1, 1]).squeeze(0);
}
