using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// A batch on its way through augmentations. Where the network reproduces its input, the target is moved and mixed with
/// the input, but gets neither noise nor other colours.
/// </summary>
internal sealed class AugmentedBatch
{
    private readonly Batch batch;
    private readonly IReadOnlyList<PixelScale?> scales;
    private readonly Tensor[] inputs;
    private Tensor? clean;
    private Tensor? targets;
    private Tensor? weights;
    private SecondTargets? second;

    /// <summary>Starts with a batch as it was gathered.</summary>
    /// <param name="batch">The batch; its tensors are not written to.</param>
    /// <param name="plans">The plans of its inputs.</param>
    /// <param name="scales">How the inputs are standardised; null: they are not.</param>
    /// <param name="reconstructs">Whether its targets are its first input.</param>
    /// <param name="generator">Source of random numbers.</param>
    public AugmentedBatch(
        Batch batch, IReadOnlyList<InputPlan> plans, IReadOnlyList<PixelScale?> scales, bool reconstructs,
        Generator generator)
    {
        this.batch = batch;
        this.scales = scales;
        Plans = plans;
        inputs = batch.Inputs.Zip(scales, (input, scale) => scale?.Pixels(input) ?? input).ToArray();
        clean = reconstructs ? inputs[0] : null;
        (targets, weights) = (batch.Targets, batch.Weights);
        Random = new BatchRandom(generator, inputs[0].shape[0], inputs[0].device);
    }

    /// <summary>The plans of the inputs.</summary>
    public IReadOnlyList<InputPlan> Plans { get; }

    /// <summary>Source of random numbers.</summary>
    public BatchRandom Random { get; }

    /// <summary>The sizes of the first input, the samples first.</summary>
    public long[] Sizes => inputs[0].shape;

    /// <summary>Changes the inputs that fit.</summary>
    /// <param name="fits">Selects the inputs to change.</param>
    /// <param name="draw">
    /// Draws random numbers for an input and returns the change, to a new tensor of the same sizes or the same one.
    /// </param>
    /// <param name="moves">
    /// Whether the input is moved or mixed; then an input that is also the target changes with it.
    /// </param>
    public void Change(Func<InputPlan, bool> fits, Func<InputPlan, Tensor, Func<Tensor, Tensor>> draw, bool moves)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!fits(Plans[i]))
                continue;
            using var scope = NewDisposeScope();
            var before = inputs[i];
            var change = draw(Plans[i], before);
            inputs[i] = Changed(before, change);
            if (i == 0 && moves && clean is not null)
                clean = ReferenceEquals(clean, before) ? inputs[0] : Changed(clean, change);
        }
    }

    /// <summary>Mixes the samples with those of another order, and the targets by the same share.</summary>
    /// <param name="order">The numbers of the samples that are mixed in, (samples), int64.</param>
    /// <param name="share">Weight of a sample's own target, a tensor of no axes.</param>
    /// <param name="mix">Mixes an input.</param>
    public void Mix(Tensor order, Tensor share, Func<Tensor, Tensor> mix)
    {
        Change(_ => true, (_, _) => mix, moves: true);
        if (clean is not null)
            return;
        var own = share.ge(0.5);
        var (otherTargets, otherWeights) = (targets!.index_select(0, order), weights?.index_select(0, order));
        second = new SecondTargets(where(own, otherTargets, targets),
            weights is null ? null : where(own, otherWeights!, weights), share.max(share.neg().add(1)));
        targets = where(own, targets, otherTargets);
        weights = weights is null ? null : where(own, weights, otherWeights!);
    }

    /// <summary>The batch after the changes so far.</summary>
    public Batch Batch()
    {
        var changed = inputs.Zip(scales, (input, scale) => scale?.Standardize(input) ?? input).ToArray();
        if (clean is not null)
            targets = (ReferenceEquals(clean, inputs[0]) ? changed[0] : scales[0]?.Standardize(clean) ?? clean).reshape(
                batch.Targets!.shape);
        return new Batch(changed, targets, weights, second);
    }

    private static Tensor Changed(Tensor input, Func<Tensor, Tensor> change)
    {
        var changed = change(input);
        return ReferenceEquals(changed, input) ? input : changed.MoveToOuterDisposeScope();
    }
}
