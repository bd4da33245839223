using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>A layer that allocates more memory than any machine has if a batch is too large.</summary>
internal sealed record Hungry : UnaryLayer
{
    /// <summary>The largest batch that fits in training.</summary>
    public int Limit { get; set; } = int.MaxValue;

    /// <summary>The largest batch that fits in other forward passes.</summary>
    public int LimitInUse { get; set; } = int.MaxValue;

    /// <summary>Called with the size of each batch in training.</summary>
    public Action<int> Seen { get; set; } = _ => { };

    protected override Shape OutputShape(Shape input) => input;

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (input, context) =>
    {
        var size = (int)input.shape[0];
        if (context.Training)
            Seen(size);
        if (size > (context.Training ? Limit : LimitInUse))
            empty([1L << 57], dtype: ScalarType.Float32);
        return input;
    };
}
