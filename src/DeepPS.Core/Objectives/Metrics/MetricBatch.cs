using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>A batch for metrics. Shared intermediate values are computed once, when first needed.</summary>
public sealed class MetricBatch : IDisposable
{
    private readonly Tensor? output;
    private readonly Loss? loss;
    private readonly List<Tensor> made = [];

    /// <summary>A batch with a number label.</summary>
    internal MetricBatch(Tensor prediction, Tensor target)
    {
        Prediction = prediction;
        Target = target;
    }

    /// <summary>A batch with a class label, and the output (places, outputs) of the prediction.</summary>
    internal MetricBatch(Tensor prediction, Tensor target, Tensor output, Loss loss, int classes)
        : this(prediction, target)
    {
        this.output = output;
        this.loss = loss;
        Classes = classes;
    }

    /// <summary>The predictions: class numbers (places), int64; for several names 0 and 1 (samples, names), int64; for
    /// numbers the target's shape in the label's unit, float64.</summary>
    public Tensor Prediction { get; }

    /// <summary>The targets in the same form.</summary>
    public Tensor Target { get; }

    /// <summary>
    /// Whether the numbers of a sample are one signal, as of an autoencoder: squared errors are then pooled over all of
    /// them, as in the loss, not averaged number by number.
    /// </summary>
    internal bool IsOneSignal { get; init; }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>A score per class (places, classes), float64. Only the order of scores has a meaning.</summary>
    public Tensor Scores => field ??= Keep(loss!.Scores(output!.to(ScalarType.Float64)));

    /// <summary>The probability of each class, (places, classes), float64.</summary>
    public Tensor Probabilities => field ??= Keep(loss!.Probabilities(output!.to(ScalarType.Float64))!);

    /// <summary>By class: correct predictions, predictions, samples; (3, classes), int64.</summary>
    internal Tensor ClassCounts => field ??= Keep(Target.ndim == 2
        ? stack([Prediction.mul(Target).sum([0]), Prediction.sum([0]), Target.sum([0])])
        : stack([Count(Target, Prediction.eq(Target)), Count(Prediction), Count(Target)]));

    /// <summary>Frees the intermediate values.</summary>
    public void Dispose()
    {
        foreach (var tensor in made)
            tensor.Dispose();
    }

    private Tensor Count(Tensor classes, Tensor? which = null) =>
        zeros(Classes, dtype: ScalarType.Int64, device: classes.device)
        .index_add_(0, classes, which?.to(ScalarType.Int64) ?? ones_like(classes), 1);

    /// <summary>A metric's own scope must not free values that others read.</summary>
    private Tensor Keep(Tensor tensor)
    {
        made.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
