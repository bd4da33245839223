using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Base of losses over classes: places without a class do not count, and a class weight is a factor.</summary>
public abstract record ClassLoss : Loss
{
    public override LabelKind LabelKind => LabelKind.Class;

    public override bool WeighsClasses => true;

    /// <summary>The loss of each place from (places, outputs) and class numbers of 0 or more (places).</summary>
    private protected abstract Tensor Losses(Tensor output, Tensor target, Tensor? classWeights);

    /// <summary>Whether the mean is weighted by the class weights, as in PyTorch's cross-entropy.</summary>
    private protected virtual bool WeighsMean => false;

    private protected override Tensor Each(Tensor output, Tensor target, Tensor? classWeights)
    {
        output = OutputForm.Flat(output, target.shape.AsSpan(1));
        var classes = target.reshape(-1);
        if (!MayLack(target))
            return Losses(output, classes, classWeights);
        return Losses(output, classes.clamp_min(0), classWeights).mul(Counting(classes));
    }

    private protected sealed override Tensor? Counts(Tensor target, Tensor? classWeights)
    {
        if (target.is_floating_point())
            return null;
        var weights = WeighsMean ? classWeights : null;
        if (!MayLack(target))
            return weights?.index_select(0, target);
        var classes = target.reshape(-1);
        var counting = Counting(classes);
        return weights is null ? counting : weights.index_select(0, classes.clamp_min(0)).mul(counting);
    }

    /// <summary>The losses times the weight of each place's class.</summary>
    private protected static Tensor Weighted(Tensor losses, Tensor target, Tensor? classWeights) =>
        classWeights is null ? losses : losses.mul(classWeights.index_select(0, target));

    /// <summary>A single class per sample is never missing: such rows are dropped. In a sequence, places may have no
    /// class.</summary>
    private bool MayLack(Tensor target) => target.ndim > 1 || Ignored is not null;

    private Tensor Counting(Tensor classes)
    {
        var counting = classes.ge(0);
        return (Ignored is { } ignored ? counting.logical_and(classes.ne(ignored)) : counting).to(ScalarType.Float32);
    }
}
