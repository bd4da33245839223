using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Binary cross-entropy: minus the log probability of the true class, from one logit.</summary>
/// <remarks>Output (batch, 1), the logit of class 1; target (batch) of 0 and 1. With several yes-or-no labels per
/// sample both are (batch, places). A class weight multiplies the loss of the class's samples; the mean is still over
/// the samples. Number labels, such as an autoencoder's pixels, must be probabilities from 0 to 1. PyTorch's
/// <c>nn.BCEWithLogitsLoss</c>, which includes the sigmoid.</remarks>
[CatalogEntry("BinaryCrossEntropy", "BCE", "BCEWithLogits")]
public sealed record BinaryCrossEntropy : TwoClassLoss
{
    /// <summary>A factor on the loss of class 1, for data in which it is rare.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double PositiveWeight { get; init; } = 1;

    public override bool TakesLogits => true;

    public override bool Suits(LabelKind kind) => true;

    public override bool GivesProbabilities => true;

    public override Tensor Probabilities(Tensor output)
    {
        One(output);
        return cat([output.neg().sigmoid(), output.sigmoid()], 1);
    }

    public override Tensor Numbers(Tensor output) => output.sigmoid();

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        label.Kind == LabelKind.Number ? new MSELoss().Output(label, output) : base.Output(label, output);

    internal override string? Refuses(Array targets, Shape label) =>
        targets is float[] numbers && numbers.Any(number => number is not (>= 0 and <= 1))
            ? "takes numbers from 0 to 1; the label has others" : null;

    private protected override Tensor Losses(Tensor output, Tensor target) =>
        Entropy(output, target, null, nn.Reduction.None);

    private protected override Tensor Each(Tensor output, Tensor target, Tensor? classWeights) =>
        target.is_floating_point()
        ? Entropy(output, target, null, nn.Reduction.None)
        : base.Each(output, target, classWeights);

    private protected override Tensor Mean(Tensor output, Tensor target, Tensor? classWeights) =>
        target.is_floating_point() ? Entropy(output, target, null, nn.Reduction.Mean)
        : target.ndim == 1 ? Entropy(One(output), target.to_type(output.dtype).unsqueeze(1),
            classWeights?.index_select(0, target).unsqueeze(1), nn.Reduction.Mean)
        : base.Mean(output, target, classWeights);

    private Tensor Entropy(Tensor output, Tensor target, Tensor? weights, nn.Reduction reduction)
    {
        var positive = PositiveWeight == 1
            ? null
            : full([1], PositiveWeight, dtype: output.dtype, device: output.device);
        return F.binary_cross_entropy_with_logits(output, target, weights, reduction, positive);
    }
}
