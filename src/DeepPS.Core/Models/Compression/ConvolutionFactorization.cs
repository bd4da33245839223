using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>A convolution becomes one with fewer filters of the same kernel, and a 1x1 convolution that mixes their
/// outputs. Its weight is a matrix: filters x (channels and places of the kernel). As in Zhang, Zou, He and Sun,
/// Accelerating Very Deep Convolutional Networks (2016), with the error of the weight in place of that of the
/// output.</summary>
internal sealed class ConvolutionFactorization : Factorization
{
    /// <inheritdoc/>
    public override bool Takes(Layer layer) => layer is Convolution { WeightNormalization: WeightNormalization.None };

    /// <inheritdoc/>
    public override int LargestRank(Layer layer, LayerValues values)
    {
        var weight = values["weight"];
        var filters = weight.shape[0] / ((Convolution)layer).Groups;
        return (int)Math.Min(filters, weight.numel() / weight.shape[0]);
    }

    /// <inheritdoc/>
    public override LayerChange Change(Layer layer, LayerValues values, RankChoice choice)
    {
        var whole = (Convolution)layer;
        var weight = values["weight"];
        var factors = Factors.Of(weight.reshape(whole.Groups, whole.Filters / whole.Groups, -1), choice);
        var filters = whole.Groups * factors.Rank;
        var plain = (Convolution)whole.WithoutPlace();
        var reduce = plain with
        {
            Name = "v",
            Filters = filters,
            Bias = false,
            BiasInitializer = null,
            BiasRegularizer = null,
            Activation = null,
            ActivityRegularizer = null,
            MaxNorm = null,
        };
        var mix = plain with
        {
            Name = "u",
            KernelSize = 1,
            Stride = 1,
            Padding = 0,
            Dilation = 1,
            MaxNorm = null,
        };
        var both = new Sequential { Body = new LayerList(reduce, mix) };
        long[] places = Enumerable.Repeat(1L, weight.shape.Length - 2).ToArray();
        var change = LayerChange.To(both.PlaceOf(whole), [
            ("body.v.weight", factors.Right.reshape([filters, .. weight.shape[1..]])),
            ("body.u.weight", factors.Left.reshape([whole.Filters, factors.Rank, .. places])),
            ("body.u.bias", values.Find("bias")), .. values.Activation("body.u."),
        ]);
        return change with { Rank = factors.Rank, Error = factors.Error };
    }
}
