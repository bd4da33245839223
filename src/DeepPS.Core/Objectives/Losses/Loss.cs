using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>What training makes small: one number for a batch, the mean over its samples.</summary>
[CatalogBase(CatalogKind.Loss)]
public abstract record Loss : CatalogItem, ITargetCheck
{
    /// <summary>The kind of label that the loss works on.</summary>
    public abstract LabelKind LabelKind { get; }

    /// <summary>Whether the loss works on a kind of label.</summary>
    public virtual bool Suits(LabelKind kind) => kind == LabelKind;

    /// <summary>Whether a label of numbers is learned standardised: less its mean, by its deviation. Else it is learned
    /// as it is.</summary>
    public virtual bool Standardizes => false;

    /// <summary>Whether the network's last layer must not be an activation that makes probabilities: the loss has it
    /// within.</summary>
    public virtual bool TakesLogits => false;

    /// <summary>Whether the network's last layer should be LogSoftmax.</summary>
    public virtual bool TakesLogProbabilities => false;

    /// <summary>Whether metrics can be taken of the outputs.</summary>
    public virtual bool Predicts => true;

    /// <summary>Whether it says how probable each class is.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Whether it takes a weight for each class.</summary>
    public virtual bool WeighsClasses => false;

    /// <summary>The mean loss of a batch, a tensor of no axes.</summary>
    /// <param name="output">The network's output: logits, numbers or whatever else the loss takes, batch first.</param>
    /// <param name="target">Class numbers (batch) or (batch, places), int64, for class labels, below 0 where a place
    /// has none; else numbers, float32.</param>
    /// <param name="classWeights">A weight for each class, or null. Losses without classes refuse it.</param>
    /// <param name="sampleWeights">A weight for each sample (batch), or null: the loss is then sum(w l) /
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

    /// <summary>The mean loss of a batch, a tensor of no axes: of mixed samples, that of each target by its
    /// share.</summary>
    internal Tensor Compute(Batch batch, Tensor output, Tensor? classWeights)
    {
        var first = Compute(output, batch.Targets!, classWeights, batch.Weights);
        return batch.Second is not { } second ? first
            : first.lerp(Compute(output, second.Targets, classWeights, second.Weights), second.Share.neg().add(1));
    }

    /// <summary>How much a batch's mean loss counts beside those of other batches, a tensor of no axes; null: by its
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

    /// <summary>The probability of each class from the network's output, (places, classes), or null where the loss does
    /// not say. The output is (places, outputs), however many places a sample has.</summary>
    public virtual Tensor? Probabilities(Tensor output) => null;

    /// <summary>The class numbers that an output (places, outputs) predicts, (places), int64.</summary>
    public virtual Tensor Classes(Tensor output) => output.argmax(1);

    /// <summary>The numbers that an output predicts, of the target's shape.</summary>
    public virtual Tensor Numbers(Tensor output) => output;

    /// <summary>How much the network's output speaks for each class, (places, classes): more is more, and that is all
    /// it says.</summary>
    internal virtual Tensor Scores(Tensor output) => Probabilities(output) ?? output;

    /// <summary>Whether a network's output is of the form that the loss takes for a label, and what form that is, in
    /// words.</summary>
    protected internal abstract (bool Fits, string Needs) Output(LabelPlan label, Shape output);

    /// <summary>Why the loss cannot be computed of some targets, in words that follow its name; null: it can.</summary>
    /// <param name="targets">The targets of all samples, one after the other.</param>
    /// <param name="label">The shape of one.</param>
    internal virtual string? Refuses(Array targets, Shape label) => null;

    void ITargetCheck.Check(Array targets, Shape label)
    {
        if (Refuses(targets, label) is { } problem)
            throw new DlException("LossLabel", DlErrorKind.InvalidData,
                $"Loss {Entry.Name} {problem}. Name another loss.", this);
    }

    /// <summary>The number of a class that does not count; null: all do.</summary>
    internal virtual long? Ignored => null;

    /// <summary>What an output says of each number besides the prediction, by name.</summary>
    internal virtual IEnumerable<FurtherOutput> Further(Tensor output) => [];

    /// <summary>Refuses a batch that the loss cannot be computed of.</summary>
    private protected virtual void Check(Tensor output, Tensor target, Tensor? classWeights)
    {
        if (classWeights is not null && !WeighsClasses)
            throw new DlException("ClassWeightsNotSupported", DlErrorKind.InvalidArgument,
                $"{Entry.Name} does not weigh classes. Leave the class weights out.", this);
    }

    /// <summary>The loss of each place or number, (batch, ...) or all places in a row; times its class's
    /// weight.</summary>
    private protected abstract Tensor Each(Tensor output, Tensor target, Tensor? classWeights);

    /// <summary>How much each of them counts in the mean; null: all the same.</summary>
    private protected virtual Tensor? Counts(Tensor target, Tensor? classWeights) => null;

    /// <summary>The mean without weights of samples.</summary>
    private protected virtual Tensor Mean(Tensor output, Tensor target, Tensor? classWeights)
    {
        var losses = Each(output, target, classWeights);
        return Counts(target, classWeights) is { } counts ? losses.sum().div(NotZero(counts.sum())) : losses.mean();
    }

    /// <summary>The error for an output that the loss cannot read.</summary>
    private protected DlException Mismatch(string wants, Tensor output) =>
        new("OutputMismatch", DlErrorKind.InvalidOperation,
        $"{Entry.Name} wants {wants}; the network gives ({string.Join(", ", output.shape)}), batch first. Change the last layer.", this);

    /// <summary>A sum of weights to divide by: where nothing counts the loss is 0.</summary>
    private static Tensor NotZero(Tensor sum) => sum.clamp_min(1e-30f);
}
