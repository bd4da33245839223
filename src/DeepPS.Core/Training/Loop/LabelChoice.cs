using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Networks;

namespace DeepPS.Training;

/// <summary>What a run predicts: the data's label, or, where there is none, the input itself.</summary>
internal static class LabelChoice
{
    /// <summary>The plan with its label; with none, the input is it, in the shape in which the network gives it back.</summary>
    /// <exception cref="DlException"><c>NoLabel</c>: there is none, and the network does not give as many numbers back as go in.</exception>
    public static DataPlan Of(DataPlan plan, Network network, TrainingOptions options, Dataset training)
    {
        if (plan.Label is { IsInput: false } && !options.Reconstruct)
            return plan;
        // A loss that looks at no target takes outputs of any size.
        if (options.Loss is { Predicts: false, LabelKind: LabelKind.Number })
            return plan.With(LabelPlan.OfInput(plan.InputShape));
        if (network.Inputs[0].Coded is [var coded, ..])
            throw new DlException("CodedInput", DlErrorKind.InvalidArgument,
                $"The input is to be given back; column '{coded.Name}' is a code in it, for which the network learns numbers. "
                + $"Read the data without a label, or with -Column @{{ '{coded.Name}' = @{{ Coding = 'OneHot' }} }}.", coded.Name);
        if (network.Output.Size == plan.InputShape.Size)
            return plan.With(LabelPlan.OfInput(network.Output));
        throw new DlException("NoLabel", DlErrorKind.InvalidArgument,
            (options.Reconstruct ? "The input is to be given back"
                : $"Dataset '{training.Name}' has no label. Name the column to be predicted with -Label; "
                + "without one, the input is what is learned (an autoencoder)")
            + $", and the model needs as many outputs as inputs: {plan.InputShape} goes in, {network.Output} comes out.", training);
    }
}
