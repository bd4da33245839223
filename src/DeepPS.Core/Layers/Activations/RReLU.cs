using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>x if x > 0, else x times a slope drawn at random while training.</summary>
/// <remarks>Each number has its own slope, uniform between <see cref="Lower"/> and <see cref="Upper"/>. Outside
/// training the slope is their mean. PyTorch's <c>nn.RReLU</c>. From Xu and others (2015).</remarks>
[CatalogEntry("RReLU")]
public sealed record RReLU : Activation
{
    /// <summary>The smallest slope.</summary>
    [Setting(Position = 0)]
    public double Lower { get; init; } = 1.0 / 8;

    /// <summary>The largest slope.</summary>
    [Setting(Position = 1)]
    public double Upper { get; init; } = 1.0 / 3;

    protected internal override void Validate()
    {
        if (!(Lower <= Upper))
            throw SettingProblem.Of(this, nameof(Upper), $"a number of Lower ({Lower}) or more", Upper);
    }

    protected internal override Func<Tensor, ForwardContext, Tensor> BuildFunction(LayerBuilder builder,
        bool overwrite) => (x, context) => context.Training
            ? x.mul(Slopes(x, context.Generator))
            : F.leaky_relu(x, (Lower + Upper) / 2);

    private Tensor Slopes(Tensor input, Generator? generator)
    {
        using var noGradient = no_grad();
        return empty(input.shape, dtype: input.dtype, device: input.device).uniform_(Lower, Upper, generator)
            .masked_fill_(input.gt(0), 1);
    }
}
