using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A sublayer of a transformer: norm(x + dropout(body(x))), or x + dropout(body(norm(x))). It works on rows
/// (samples * time, width), so a linear map gives a new tensor, which later steps may overwrite.</summary>
internal sealed class TransformerSublayer(LayerBuilder builder, string norm, long width, TransformerLayer settings)
{
    private readonly Forward normalize = new LayerNorm().Build(builder.Part(norm, new Shape(width)));

    /// <summary>Runs the sublayer.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="body">Gives a new tensor.</param>
    /// <param name="context">The forward context.</param>
    public Tensor Run(Tensor x, Func<Tensor, Tensor> body, ForwardContext context)
    {
        using var scope = NewDisposeScope();
        var branch = body(settings.NormFirst ? normalize([x], context) : x);
        var dropped = DropoutNoise.DropInPlace(branch, settings.Dropout, context);
        // With two precisions the sum has the higher one.
        var sum = dropped.dtype == x.dtype ? dropped.add_(x) : dropped.add(x);
        return (settings.NormFirst ? sum : normalize([sum], context)).MoveToOuterDisposeScope();
    }
}
