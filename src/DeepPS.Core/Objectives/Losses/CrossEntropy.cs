using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Cross-entropy: minus the log probability of the true class.</summary>
/// <remarks>Output (batch, classes) of logits, target (batch); or a class at each place: (batch, places, classes), or
/// (batch, classes, places), and target (batch, places). With class weights it is the weighted mean. PyTorch's
/// <c>nn.CrossEntropyLoss</c>, which includes the softmax.</remarks>
[CatalogEntry("CrossEntropy")]
public sealed record CrossEntropy : ClassifierLoss
{
    /// <summary>Steps of scores per unit: far more than float64 errs, far less than probabilities differ.</summary>
    private const double ScoreSteps = 1e10;

    /// <summary>The part of the target probability that is spread evenly over all classes.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double LabelSmoothing { get; init; }

    /// <summary>Optional: the number of a class to ignore, such as padding.</summary>
    [Setting(Minimum = 0)]
    public int? IgnoreIndex { get; init; }

    public override bool TakesLogits => true;

    public override bool GivesProbabilities => true;

    public override Tensor Probabilities(Tensor output) => output.softmax(1);

    internal override Tensor Scores(Tensor output) => LogOdds(output);

    /// <summary>
    /// ln(p / (1 - p)) of the softmax p of logits. It has the order of p, where p itself rounds to 0 or 1.
    /// </summary>
    internal static Tensor LogOdds(Tensor logits)
    {
        var top = logits.argmax(1, keepdim: true);
        var others = logits.scatter(1, top, full_like(logits, double.NegativeInfinity)).logsumexp(1, keepdim: true);
        var shares = logits.log_softmax(1);
        var all = shares.sub(shares.exp().neg().log1p());
        // Equal probabilities that were computed in two ways are equal again after rounding: ties stay ties.
        return all.scatter(1, top, logits.gather(1, top).sub(others).expand(logits.shape))
            .mul(ScoreSteps).round().div(ScoreSteps);
    }

    internal override long? Ignored => IgnoreIndex;

    private protected override bool WeighsMean => true;

    private protected override Tensor Losses(Tensor output, Tensor target, Tensor? classWeights) =>
        F.cross_entropy(output, target, classWeights, reduction: nn.Reduction.None, label_smoothing: LabelSmoothing);

    private protected override Tensor Mean(Tensor output, Tensor target, Tensor? classWeights) =>
        target.ndim == 1 && IgnoreIndex is null
            ? F.cross_entropy(output, target, classWeights, label_smoothing: LabelSmoothing)
            : base.Mean(output, target, classWeights);
}
