using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>One part of a transformer's layer: norm(x + dropout(body(x))), or x + dropout(body(norm(x))). Over rows
/// (samples * time, width), so that what a linear map gives is a tensor of its own, which the next steps may write
/// over.</summary>
internal sealed class TransformerSublayer(LayerBuilder builder, string norm, long width, TransformerLayer settings)
{
    private readonly Forward normalize = new LayerNorm().Build(builder.Part(norm, new Shape(width)));

    /// <summary>Runs the part.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="body">Gives a tensor that nothing else reads.</param>
    /// <param name="context">Whether it is for training.</param>
    public Tensor Run(Tensor x, Func<Tensor, Tensor> body, ForwardContext context)
    {
        using var scope = NewDisposeScope();
        var branch = body(settings.NormFirst ? normalize([x], context) : x);
        var dropped = DropoutNoise.DropInPlace(branch, settings.Dropout, context);
        // Of two precisions the sum has the finer one.
        var sum = dropped.dtype == x.dtype ? dropped.add_(x) : dropped.add(x);
        return (settings.NormFirst ? sum : normalize([sum], context)).MoveToOuterDisposeScope();
    }
}
