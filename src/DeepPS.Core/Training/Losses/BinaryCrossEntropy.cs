using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>For two classes: minus the logarithm of the probability of the right one, from one output.</summary>
/// <remarks>
/// Output (batch, 1), the logit of class 1; target (batch) of 0 and 1. A class weight is a factor on the loss of each
/// sample of the class; the mean is over the samples all the same. It is PyTorch's <c>nn.BCEWithLogitsLoss</c>: the
/// sigmoid is within.
/// </remarks>
[CatalogEntry("BinaryCrossEntropy", "BCE", "BCEWithLogits")]
public sealed record BinaryCrossEntropy : Loss
{
    /// <summary>A factor on the loss of class 1, for data where it is rare.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double PositiveWeight { get; init; } = 1;

    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Class;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target, Tensor? classWeights = null)
    {
        Check(output);
        var weights = classWeights?.index_select(0, target).unsqueeze(1);
        var positive = PositiveWeight == 1 ? null
            : full([1], PositiveWeight, dtype: output.dtype, device: output.device);
        return F.binary_cross_entropy_with_logits(output, target.to_type(output.dtype).unsqueeze(1), weights,
            pos_weights: positive);
    }

    /// <inheritdoc/>
    public override Tensor Probabilities(Tensor output)
    {
        Check(output);
        return cat([output.neg().sigmoid(), output.sigmoid()], 1);
    }

    private static void Check(Tensor output)
    {
        if (output.shape is not [_, 1])
            throw new DlException("OutputMismatch", DlErrorKind.InvalidOperation,
                $"BinaryCrossEntropy wants a network with 1 output; it has {string.Join("x", output.shape.Skip(1))}. "
                + "End it with Dense 1, or take the loss CrossEntropy.");
    }
}
