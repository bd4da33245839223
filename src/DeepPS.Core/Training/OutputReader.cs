using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What a network's output says in the label's own terms: a class's number, or a number in the label's unit.</summary>
internal sealed class OutputReader(LabelPlan label)
{
    /// <summary>The predicted class numbers (batch), int64, or numbers (batch, 1) in the label's unit.</summary>
    public Tensor Predictions(Tensor output) =>
        label.Kind == LabelKind.Number ? InUnit(output)
        : output.shape[1] == 1 ? output.detach().flatten().gt(0).to(ScalarType.Int64)
        : output.detach().argmax(1);

    /// <summary>The targets that a metric compares with: class numbers as they are, numbers in the label's unit.</summary>
    public Tensor Targets(Tensor target) => label.Kind == LabelKind.Number ? InUnit(target) : target;

    /// <summary>Whether a network's output fits the label.</summary>
    /// <exception cref="DlException"><c>OutputShape</c>: what the last layer gives and what the label needs.</exception>
    public void Check(Network network)
    {
        var last = network.OutputNode;
        var wanted = label.Kind == LabelKind.Number ? 1 : label.Classes.Count;
        var fits = network.Output.Rank == 1 && (network.Output[0] == wanted || (wanted == 2 && network.Output[0] == 1));
        if (fits)
            return;
        var needs = label.Kind == LabelKind.Number ? "is a number and needs 1 output"
            : $"has {wanted} classes and needs {wanted} outputs" + (wanted == 2 ? ", or 1" : "");
        throw new DlException("OutputShape", DlErrorKind.InvalidArgument,
            $"The last layer '{last.Name}' ({last.Layer.Entry.Name}) gives {network.Output}; label '{label.Name}' {needs}. "
            + $"End the model with New-DlLayer Dense {wanted}.", last.Name);
    }

    private Tensor InUnit(Tensor numbers) => numbers.detach().to(ScalarType.Float64).mul_(label.Scale).add_(label.Mean);
}
