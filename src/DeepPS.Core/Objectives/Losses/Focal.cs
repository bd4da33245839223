using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Focal loss: cross-entropy with less weight on well-classified samples, for rare classes.</summary>
/// <remarks>-(1 - p)^Gamma ln p of the true class's probability p, from one logit for two classes or a logit per class
/// (Lin et al., Focal loss for dense object detection, 2017). The mean is over the samples; a class weight (the paper's
/// alpha) multiplies the loss of its samples. With one output it is torchvision's <c>sigmoid_focal_loss</c>.</remarks>
[CatalogEntry("Focal")]
public sealed record Focal : ClassLoss
{
    /// <summary>The focusing exponent: 0 gives cross-entropy, more reduces the loss of well-classified
    /// samples.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Gamma { get; init; } = 2;

    /// <summary>Optional: a factor of Alpha on the loss of class 1 and 1 - Alpha on that of class 0. Needs one
    /// output.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double? Alpha { get; init; }

    public override bool TakesLogits => true;

    public override bool GivesProbabilities => true;

    internal override Tensor Scores(Tensor output) => Alternative(output).Scores(output);

    public override Tensor Probabilities(Tensor output) => Alternative(output).Probabilities(output)!;

    public override Tensor Classes(Tensor output) => Alternative(output).Classes(output);

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output)
    {
        var one = new BinaryCrossEntropy().Output(label, output);
        var several = new CrossEntropy().Output(label, output);
        return Alpha is not null ? (one.Fits, one.Needs + " with Alpha")
            : label.Classes.Count == 2
            ? (one.Fits || several.Fits, $"{several.Needs}, or {OutputForm.Words(OutputForm.Wanted(label.Shape, 1))}")
            : several;
    }

    private protected override Tensor Losses(Tensor output, Tensor target, Tensor? classWeights) =>
        Weighted(output.shape is [_, 1]
            ? OfOne(output.flatten(), target.to_type(output.dtype))
            : OfSeveral(output, target),
            target, classWeights);

    private static Loss Alternative(Tensor output) =>
        output.shape is [_, 1] ? new BinaryCrossEntropy() : new CrossEntropy();

    private Tensor OfOne(Tensor logit, Tensor target)
    {
        var towards = target.mul(2).sub(1).mul(logit);
        var losses = F.logsigmoid(towards).neg().mul(towards.neg().sigmoid().pow(Gamma));
        return Alpha is { } alpha ? losses.mul(target.mul(2 * alpha - 1).add(1 - alpha)) : losses;
    }

    private Tensor OfSeveral(Tensor logits, Tensor target)
    {
        var right = logits.log_softmax(1).gather(1, target.unsqueeze(1)).squeeze(1);
        return right.neg().mul(right.expm1().neg().clamp_min(1e-12).pow(Gamma));
    }
}
