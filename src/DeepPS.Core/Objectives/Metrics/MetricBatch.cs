using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>A batch as metrics see it. What several of them need is made once, at the first need.</summary>
public sealed class MetricBatch : IDisposable
{
    private readonly Tensor? output;
    private readonly Loss? loss;
    private readonly List<Tensor> made = [];

    /// <summary>A batch of a label of numbers.</summary>
    internal MetricBatch(Tensor prediction, Tensor target)
    {
        Prediction = prediction;
        Target = target;
    }

    /// <summary>A batch of a label of classes, with the output (places, outputs) that the prediction is read
    /// from.</summary>
    internal MetricBatch(Tensor prediction, Tensor target, Tensor output, Loss loss, int classes)
        : this(prediction, target)
    {
        this.output = output;
        this.loss = loss;
        Classes = classes;
    }

    /// <summary>The predictions: class numbers (places), int64; of several names 0 and 1 (samples, names), int64; or
    /// numbers of the target's shape in the label's unit, float64.</summary>
    public Tensor Prediction { get; }

    /// <summary>What was to be predicted, in the same form.</summary>
    public Tensor Target { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How much the output speaks for each class: more is more, and that is all it says; (places, classes),
    /// float64.</summary>
    public Tensor Scores => field ??= Keep(loss!.Scores(output!.to(ScalarType.Float64)));

    /// <summary>The probability of each class, (places, classes), float64.</summary>
    public Tensor Probabilities => field ??= Keep(loss!.Probabilities(output!.to(ScalarType.Float64))!);

    /// <summary>By class: how many were predicted rightly, how many predicted, how many there are; (3, classes),
    /// int64.</summary>
    internal Tensor ClassCounts => field ??= Keep(Target.ndim == 2
        ? stack([Prediction.mul(Target).sum([0]), Prediction.sum([0]), Target.sum([0])])
        : stack([Count(Target, Prediction.eq(Target)), Count(Prediction), Count(Target)]));

    /// <summary>Frees what was made.</summary>
    public void Dispose()
    {
        foreach (var tensor in made)
            tensor.Dispose();
    }

    private Tensor Count(Tensor classes, Tensor? which = null) =>
        zeros(Classes, dtype: ScalarType.Int64, device: classes.device)
        .index_add_(0, classes, which?.to(ScalarType.Int64) ?? ones_like(classes), 1);

    /// <summary>A metric's own scope must not end what others read too.</summary>
    private Tensor Keep(Tensor tensor)
    {
        made.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
