using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// A batch on its way through augmentations. Where the input itself is to be given back, the target is the input without
/// what changes values: it moves, and is mixed, with the input, but has neither noise nor other colours.
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

    /// <summary>Begins with a batch as it was gathered.</summary>
    /// <param name="batch">The batch; its tensors are not written to.</param>
    /// <param name="plans">What its inputs are.</param>
    /// <param name="scales">How they are standardised; null: they are not.</param>
    /// <param name="reconstructs">Whether its targets are its first input.</param>
    /// <param name="generator">Where chance comes from.</param>
    public AugmentedBatch(
        Batch batch, IReadOnlyList<InputPlan> plans, IReadOnlyList<PixelScale?> scales, bool reconstructs, Generator generator)
    {
        this.batch = batch;
        this.scales = scales;
        Plans = plans;
        inputs = batch.Inputs.Zip(scales, (input, scale) => scale?.Pixels(input) ?? input).ToArray();
        clean = reconstructs ? inputs[0] : null;
        (targets, weights) = (batch.Targets, batch.Weights);
        Random = new BatchRandom(generator, inputs[0].shape[0], inputs[0].device);
    }

    /// <summary>What the inputs are.</summary>
    public IReadOnlyList<InputPlan> Plans { get; }

    /// <summary>Where chance comes from.</summary>
    public BatchRandom Random { get; }

    /// <summary>The sizes of the first input, the samples first.</summary>
    public long[] Sizes => inputs[0].shape;

    /// <summary>Changes the inputs that fit.</summary>
    /// <param name="fits">Whether an input is one to change.</param>
    /// <param name="draw">
    /// Draws what chance decides for an input, and gives the change: to a new tensor of the same sizes, or to the same one.
    /// </param>
    /// <param name="moves">Whether the input is moved or mixed, so that it is changed where it is the target too.</param>
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
    /// <param name="share">How much a sample's own target counts, a tensor of no axes.</param>
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

    /// <summary>The batch as it is now.</summary>
    public Batch Batch()
    {
        var changed = inputs.Zip(scales, (input, scale) => scale?.Standardize(input) ?? input).ToArray();
        if (clean is not null)
            targets = (ReferenceEquals(clean, inputs[0]) ? changed[0] : scales[0]?.Standardize(clean) ?? clean).reshape(batch.Targets!.shape);
        return new Batch(changed, targets, weights, second);
    }

    private static Tensor Changed(Tensor input, Func<Tensor, Tensor> change)
    {
        var changed = change(input);
        return ReferenceEquals(changed, input) ? input : changed.MoveToOuterDisposeScope();
    }
}
