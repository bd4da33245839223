using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Minus the mean of the output: for networks whose output is a log-likelihood. Needs no label.</summary>
/// <remarks>Output: 1 number a sample, the larger the better, as that of the layer NegativeSampling.</remarks>
[CatalogEntry("LogLikelihood")]
public sealed record LogLikelihood : Loss
{
    public override LabelKind LabelKind => LabelKind.Number;

    public override bool Predicts => false;

    protected internal override (bool Fits, string Needs) Output(LabelPlan label, Shape output) =>
        (output.Size == 1, "1 output, a log-likelihood");

    private protected override void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        base.Check(output, target, classWeights);
        if (output.numel() != target.shape[0])
            throw Mismatch("one output a sample, a log-likelihood", output);
    }

    private protected override Tensor Each(Tensor output, Tensor target, Tensor? classWeights) =>
        output.reshape(-1).neg();
}
