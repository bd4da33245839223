using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What training makes small: one number for a batch, the mean over its samples.</summary>
public abstract record Loss : CatalogItem
{
    /// <summary>The kinds of label that the loss works on.</summary>
    public abstract LabelKind LabelKind { get; }

    /// <summary>The mean loss of a batch, a tensor of no axes.</summary>
    /// <param name="output">The network's output: (batch, classes) of logits, (batch, 1) of a logit, or (batch, ...) of numbers.</param>
    /// <param name="target">Class numbers (batch), int64, for class labels; else numbers of the output's shape, float32.</param>
    /// <param name="classWeights">A weight for each class, or null. Losses over numbers refuse it.</param>
    public abstract Tensor Compute(Tensor output, Tensor target, Tensor? classWeights = null);

    /// <summary>
    /// The probability of each class from the network's output, (batch, classes), or null where the loss is not over classes.
    /// </summary>
    public virtual Tensor? Probabilities(Tensor output) => null;
}

/// <summary>What a label is.</summary>
public enum LabelKind
{
    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>A number.</summary>
    Number,
}
