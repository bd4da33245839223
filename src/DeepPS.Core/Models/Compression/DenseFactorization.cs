using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>A dense layer becomes two dense layers, features to rank and rank to units: <see cref="LowRankDense"/>. As
/// in Denton and others, Exploiting Linear Structure Within Convolutional Networks (2014).</summary>
internal sealed class DenseFactorization : Factorization
{
    /// <inheritdoc/>
    public override bool Takes(Layer layer) => layer is Dense { WeightNormalization: WeightNormalization.None };

    /// <inheritdoc/>
    public override int LargestRank(Layer layer, LayerValues values) => (int)values["weight"].shape.Min();

    /// <inheritdoc/>
    public override LayerChange Change(Layer layer, LayerValues values, RankChoice choice)
    {
        var dense = (Dense)layer;
        var factors = Factors.Of(values["weight"].unsqueeze(0), choice);
        var thin = new LowRankDense { Units = dense.Units, Rank = factors.Rank }.SettingsOf(dense);
        var change = LayerChange.To(thin, [
            ("v.weight", factors.Right.squeeze(0)), ("u.weight", factors.Left.squeeze(0)),
            ("u.bias", values.Find("bias")), .. values.Activation(),
        ]);
        return change with { Rank = factors.Rank, Error = factors.Error };
    }
}
