using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The feed-forward network at each place of a sequence: linear2(dropout(activation(linear1(x)))), over
/// rows.</summary>
internal sealed class FeedForwardNet
{
    private readonly Forward hidden;
    private readonly Forward output;
    private readonly double dropout;

    /// <summary>Makes the parameters of <c>linear1</c> and <c>linear2</c>.</summary>
    public FeedForwardNet(LayerBuilder builder, long width, TransformerLayer settings)
    {
        dropout = settings.Dropout;
        hidden = new Dense { Units = settings.FeedForward, Activation = settings.Activation }
            .Build(builder.Part("linear1", new Shape(width)));
        output = new Dense { Units = (int)width }.Build(builder.Part("linear2", new Shape(settings.FeedForward)));
    }

    /// <summary>Runs it; the result is a new tensor.</summary>
    public Tensor Run(Tensor x, ForwardContext context)
    {
        using var scope = NewDisposeScope();
        return output([DropoutNoise.Drop(hidden([x], context), dropout, context)], context).MoveToOuterDisposeScope();
    }
}
