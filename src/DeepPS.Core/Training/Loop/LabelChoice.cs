using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Networks;

namespace DeepPS.Training;

/// <summary>Chooses the target of a training: the data's label, or, without one, the input itself.</summary>
internal static class LabelChoice
{
    /// <summary>Refuses a label with a single class, and text that the network does not see.</summary>
    /// <exception cref="DlException"><c>OneClass</c>, <c>NoDecoder</c>.</exception>
    public static void Check(DataPlan plan)
    {
        var label = plan.Label!;
        if (label.Text is not null && plan.TargetPlace < 0)
            throw new DlException("NoDecoder", DlErrorKind.InvalidArgument,
                $"Label '{label.Name}' is text, and no layer reads the text so far: the input 'target'. Use "
                + "New-DlModel Transformer or LstmSeq2Seq, or a layer with -From target.", label.Name);
        if (label is { Kind: LabelKind.Class, Classes.Count: 1 })
            throw new DlException("OneClass", DlErrorKind.InvalidData,
                $"Label '{label.Name}' must have two or more classes; every row has '{label.Classes[0]}'. "
                + "Use another label, or add rows of other classes.", label.Name);
    }

    /// <summary>
    /// The plan with its label. Without one, the label is the input in the shape of the network's output.
    /// </summary>
    /// <exception cref="DlException">
    /// <c>NoLabel</c>: there is none, and the network has not as many outputs as inputs; <c>CodedInput</c>.
    /// </exception>
    public static DataPlan Of(DataPlan plan, Network network, TrainingOptions options, Dataset training)
    {
        if (plan.Label is { IsInput: false } && !options.Reconstruct)
            return plan;
        // A loss without targets takes outputs of any size.
        if ((options.Loss ?? network.OutputNode.Layer.OutputLoss) is { Predicts: false, LabelKind: LabelKind.Number })
            return plan.With(LabelPlan.OfInput(plan.InputShape, network.Inputs[0].IsPadded));
        if (network.Inputs[0].Coded is [var coded, ..])
            throw new DlException("CodedInput", DlErrorKind.InvalidArgument,
                $"The model cannot reconstruct column '{coded.Name}': it is a code, for which the network learns "
                + "numbers. Read the data without a label, or with "
                + $"-Column @{{ '{coded.Name}' = @{{ Coding = 'OneHot' }} }}.", coded.Name);
        if (network.Output.Size == plan.InputShape.Size)
            return plan.With(LabelPlan.OfInput(network.Output, network.Inputs[0].IsPadded));
        throw new DlException("NoLabel", DlErrorKind.InvalidArgument,
            (options.Reconstruct ? "With -Reconstruct the model learns to reproduce its input"
                : $"Dataset '{training.Name}' has no label. Name the column to predict with -Label; without one, the "
                + "model learns to reproduce its input (an autoencoder)")
            + $" and needs as many outputs as inputs: the input is {plan.InputShape}, the output is {network.Output}.",
            training);
    }
}
