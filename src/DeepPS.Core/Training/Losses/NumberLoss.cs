using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What losses over numbers share: an output and a target of the same shape, and no classes.</summary>
public abstract record NumberLoss : Loss
{
    /// <inheritdoc/>
    public override LabelKind LabelKind => LabelKind.Number;

    /// <inheritdoc/>
    public sealed override Tensor Compute(Tensor output, Tensor target, Tensor? classWeights = null)
    {
        if (classWeights is not null)
            throw new DlException("ClassWeightsNotSupported", DlErrorKind.InvalidArgument,
                $"{Entry.Name} is a loss over numbers: there are no classes to weigh. Leave the class weights out.", this);
        if (!output.shape.AsSpan().SequenceEqual(target.shape))
            throw new DlException("OutputMismatch", DlErrorKind.InvalidOperation,
                $"{Entry.Name} wants an output for each number of the label: the network gives "
                + $"({string.Join(", ", output.shape)}), the label is ({string.Join(", ", target.shape)}), batch first. "
                + "Change the last layer.", this);
        return Compute(output, target);
    }

    /// <summary>The mean loss over all numbers.</summary>
    private protected abstract Tensor Compute(Tensor output, Tensor target);
}
