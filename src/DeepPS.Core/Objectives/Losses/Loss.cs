using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>The loss that training minimizes: one number per batch, the mean over its samples.</summary>
[CatalogBase(CatalogKind.Loss)]
public abstract record Loss : CatalogItem, ITargetCheck
{
    /// <summary>The kind of label of the loss.</summary>
    public abstract LabelKind LabelKind { get; }

    /// <summary>Whether the loss supports a kind of label.</summary>
    public virtual bool Suits(LabelKind kind) => kind == LabelKind;

    /// <summary>Whether number labels are standardized: minus the mean, divided by the deviation.</summary>
    public virtual bool Standardizes => false;

    /// <summary>Whether the loss takes logits, so the network must not end with an activation that gives
    /// probabilities.</summary>
    public virtual bool TakesLogits => false;

    /// <summary>Whether the network should end with LogSoftmax.</summary>
    public virtual bool TakesLogProbabilities => false;

    /// <summary>Whether metrics can be computed from the outputs.</summary>
    public virtual bool Predicts => true;

    /// <summary>Whether it gives the probability of each class.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Whether it supports class weights.</summary>
    public virtual bool WeighsClasses => false;

    /// <summary>The mean loss of a batch, a scalar tensor.</summary>
    /// <param name="output">The network's output in the form that the loss takes, batch first.</param>
    /// <param name="target">For class labels class numbers (batch) or (batch, places), int64, below 0 for no class;
    /// else numbers, float32.</param>
    /// <param name="classWeights">A weight per class, or null. Losses without classes do not support it.</param>
    /// <param name="sampleWeights">A weight per sample (batch), or null. With weights the loss is sum(w l) /
    /// sum(w).</param>
    public Tensor Compute(Tensor output, Tensor target, Tensor? classWeights = null, Tensor? sampleWeights = null)
    {
        Check(output, target, classWeights);
        if (sampleWeights is null)
            return Mean(output, target, classWeights);
        var losses = Each(output, target, classWeights).reshape(sampleWeights.shape[0], -1);
        var counts = Counts(target, classWeights) is { } places ? places.reshape(losses.shape) : ones_like(losses);
        var weights = sampleWeights.unsqueeze(1);
        return losses.mul(weights).sum().div(NotZero(counts.mul(weights).sum()));
    }

    /// <summary>The mean loss of a batch, a scalar tensor. For mixed samples it is weighted by the share of each
    /// target.</summary>
    internal Tensor Compute(Batch batch, Tensor output, Tensor? classWeights)
    {
        var first = Compute(output, batch.Targets!, classWeights, batch.Weights);
        return batch.Second is not { } second ? first
            : first.lerp(Compute(output, second.Targets, classWeights, second.Weights), second.Share.neg().add(1));
    }

    /// <summary>The weight of a batch's mean loss among other batches, a scalar tensor; null for the number of
    /// samples.</summary>
    internal Tensor? Total(Tensor target, Tensor? classWeights, Tensor? sampleWeights)
    {
        var counts = Counts(target, classWeights);
        return sampleWeights is null ? counts?.sum()
            : counts is null ? sampleWeights.sum()
            : counts.reshape(sampleWeights.shape[0], -1).mul(sampleWeights.unsqueeze(1)).sum();
    }

    /// <summary>The loss of each sample of a batch (batch), float32: the mean over its places or numbers.</summary>
    internal Tensor OfEachSample(Tensor output, Tensor target)
    {
        var losses = Each(output, target, null).reshape(target.shape[0], -1);
        return Counts(target, null) is { } counts
            ? losses.sum(1).div(NotZero(counts.reshape(losses.shape).sum(1)))
            : losses.mean([1]);
    }

    /// <summary>The class probabilities (places, classes) of an output (places, outputs); null if the loss gives
    /// none.</summary>
    public virtual Tensor? Probabilities(Tensor output) => null;

    /// <summary>The predicted class numbers (places), int64, of an output (places, outputs).</summary>
    public virtual Tensor Classes(Tensor output) => output.argmax(1);

    /// <summary>The predicted numbers of an output, in the target's shape.</summary>
    public virtual Tensor Numbers(Tensor output) => output;

    /// <summary>A score per class (places, classes). Only the order of scores has a meaning.</summary>
    internal virtual Tensor Scores(Tensor output) => Probabilities(output) ?? output;

    /// <summary>Whether an output shape fits the loss and the label, and the required shape in words.</summary>
    protected internal abstract (bool Fits, string Needs) Output(LabelPlan label, Shape output);

    /// <summary>Why the loss cannot take the targets, in words that follow its name; null if it can.</summary>
    /// <param name="targets">The targets of all samples in a row.</param>
    /// <param name="label">The shape of one target.</param>
    internal virtual string? Refuses(Array targets, Shape label) => null;

    void ITargetCheck.Check(Array targets, Shape label)
    {
        if (Refuses(targets, label) is { } problem)
            throw new DlException("LossLabel", DlErrorKind.InvalidData,
                $"Loss {Entry.Name} {problem}. Name another loss.", this);
    }

    /// <summary>The loss for a label: if its arrays are padded, one that leaves padding out.</summary>
    /// <exception cref="DlException"><c>LossLabel</c>: the loss cannot leave padding out.</exception>
    internal virtual Loss For(LabelPlan label) => !label.IsPadded || label.Kind == LabelKind.Class ? this
        : throw new DlException("LossLabel", DlErrorKind.InvalidArgument,
            $"Label '{label.Name}' has arrays of different lengths, whose padding loss {Entry.Name} cannot leave out. "
            + "Name another loss, such as MSE or MAE.", this);

    /// <summary>The number of the ignored class; null if there is none.</summary>
    internal virtual long? Ignored => null;

    /// <summary>Further numbers of an output besides the prediction, by name.</summary>
    internal virtual IEnumerable<FurtherOutput> Further(Tensor output) => [];

    /// <summary>Throws if the loss cannot take the batch.</summary>
    private protected virtual void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        if (classWeights is not null && !WeighsClasses)
            throw new DlException("ClassWeightsNotSupported", DlErrorKind.InvalidArgument,
                $"{Entry.Name} does not support class weights. Remove them.", this);
    }

    /// <summary>The loss of each place or number, times its class weight: (batch, ...) or all places in a
    /// row.</summary>
    private protected abstract Tensor Each(Tensor output, Tensor target, Tensor? classWeights);

    /// <summary>The weight of each place in the mean; null if equal.</summary>
    private protected virtual Tensor? Counts(Tensor target, Tensor? classWeights) => null;

    /// <summary>The mean without sample weights.</summary>
    private protected virtual Tensor Mean(Tensor output, Tensor target, Tensor? classWeights)
    {
        var losses = Each(output, target, classWeights);
        return Counts(target, classWeights) is { } counts ? losses.sum().div(NotZero(counts.sum())) : losses.mean();
    }

    /// <summary>The error for an output that the loss cannot take.</summary>
    private protected DlException Mismatch(string needs, Tensor output) =>
        new("OutputMismatch", DlErrorKind.InvalidOperation,
            $"Loss {Entry.Name} needs {needs}; the network gives ({string.Join(", ", output.shape)}), batch first. "
            + "Change the last layer.", this);

    /// <summary>A sum of weights as a divisor: if it is 0 the loss is 0.</summary>
    private static Tensor NotZero(Tensor sum) => sum.clamp_min(1e-30f);
}
