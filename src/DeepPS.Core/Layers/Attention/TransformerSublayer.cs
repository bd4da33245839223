using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// One part of a transformer's layer: norm(x + dropout(body(x))), or x + dropout(body(norm(x))). Over rows (samples * time,
/// width), so that what a linear map gives is a tensor of its own, which the next steps may write over.
/// </summary>
internal sealed class TransformerSublayer
{
    private const double Epsilon = 1e-5;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] width;
    private readonly double dropout;
    private readonly bool normFirst;

    /// <summary>Makes the norm's parameters.</summary>
    public TransformerSublayer(LayerBuilder builder, long width, TransformerLayer settings)
    {
        this.width = [width];
        (dropout, normFirst) = (settings.Dropout, settings.NormFirst);
        weight = builder.Parameter("weight", this.width, new Ones());
        bias = builder.Parameter("bias", this.width, new Zeros());
    }

    /// <summary>Runs the part.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="body">Gives a tensor that nothing else reads.</param>
    /// <param name="context">Whether it is for training.</param>
    public Tensor Run(Tensor x, Func<Tensor, Tensor> body, ForwardContext context)
    {
        using var scope = NewDisposeScope();
        var sum = DropoutNoise.DropInPlace(body(normFirst ? Norm(x) : x), dropout, context).add_(x);
        return (normFirst ? sum : Norm(sum)).MoveToOuterDisposeScope();
    }

    private Tensor Norm(Tensor x) => F.layer_norm(x, width, weight.Value, bias.Value, Epsilon);
}
