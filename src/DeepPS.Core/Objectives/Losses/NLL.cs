using DeepPS.Catalog;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Objectives;

/// <summary>Negative log-likelihood of the true class, for a network that ends with LogSoftmax.</summary>
/// <remarks>Output: log probabilities, in CrossEntropy's shapes. With class weights it is the weighted mean. PyTorch's
/// <c>nn.NLLLoss</c>.</remarks>
[CatalogEntry("NLL", "NegativeLogLikelihood")]
public sealed record NLL : ClassifierLoss
{
    /// <summary>Optional: the number of a class to ignore, such as padding.</summary>
    [Setting(Minimum = 0)]
    public int? IgnoreIndex { get; init; }

    public override bool TakesLogProbabilities => true;

    public override bool GivesProbabilities => true;

    public override Tensor Probabilities(Tensor output) => output.exp();

    /// <summary>Log probabilities: probabilities near 0 would be equal.</summary>
    internal override Tensor Scores(Tensor output) => output;

    internal override long? Ignored => IgnoreIndex;

    private protected override bool WeighsMean => true;

    private protected override Tensor Losses(Tensor output, Tensor target, Tensor? classWeights) =>
        F.nll_loss(output, target, classWeights, nn.Reduction.None);
}
