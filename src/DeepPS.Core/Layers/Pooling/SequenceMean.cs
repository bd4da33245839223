using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Mean of each feature over the time steps of a sequence.</summary>
/// <remarks>time x features to features. Optional second input (time): the mask, 0 for padding, which is left out. A
/// sequence of only padding gives 0. Keras' <c>GlobalAveragePooling1D</c> with a mask.</remarks>
[CatalogEntry("SequenceMean", "MaskedMean")]
public sealed record SequenceMean : Layer
{
    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => 1;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        SequenceMask.Check(inputs, 1, "time x features (rank 2)");
        return new Shape(inputs[0][1]);
    }

    public override Forward Build(LayerBuilder builder) => (inputs, _) =>
    {
        if (inputs.Count == 1)
            return inputs[0].mean([1]);
        var real = inputs[1].ne(0).to(inputs[0].dtype).unsqueeze(1);
        return real.bmm(inputs[0]).squeeze(1).div(real.sum(-1).clamp_min(1));
    };
}
