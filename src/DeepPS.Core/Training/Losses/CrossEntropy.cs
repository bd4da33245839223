using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// For one of several classes: minus the logarithm of the probability that the network gives to the right one.
/// </summary>
/// <remarks>
/// Output (batch, classes) of logits, target (batch). With class weights it is the weighted mean. It is PyTorch's
/// <c>nn.CrossEntropyLoss</c>: the softmax is within.
/// </remarks>
[CatalogEntry("CrossEntropy")]
public sealed record CrossEntropy : Loss
{
    /// <summary>How much of the target's probability is spread evenly over all classes.</summary>
    [Setting(Position = 0, Minimum = 0, Maximum = 1)]
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Class;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target, Tensor? classWeights = null) =>
        F.cross_entropy(output, target, classWeights, label_smoothing: LabelSmoothing);

    /// <inheritdoc/>
    public override Tensor Probabilities(Tensor output) => output.softmax(1);
}
