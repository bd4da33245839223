using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The loss of a step as the sum over its batches and their parts. Each counts by its samples, so that loss and
/// gradients are those of one batch of all samples.
/// </summary>
/// <param name="samples">The number of samples in the step.</param>
/// <param name="several">Whether the step has more than one batch or part.</param>
internal sealed class StepLoss(int samples, bool several)
{
    private Tensor? sum;
    private Tensor? weights;

    /// <summary>The share of a batch, or of a part, in the loss of the step.</summary>
    /// <param name="total">Its objective.</param>
    /// <param name="count">Its number of samples.</param>
    /// <param name="weight">How much its loss counts; null: by its samples.</param>
    public Tensor Share(Tensor total, int count, Tensor? weight) => !several ? total
        : weight is null ? total.mul((double)count / samples) : total.mul(weight);

    /// <summary>Adds a share, which must belong to the dispose scope of a part within that of a batch.</summary>
    public void Add(Tensor share, Tensor? weight)
    {
        sum = Add(sum, share);
        weights = several && weight is not null ? Add(weights, weight) : null;

        static Tensor Add(Tensor? sum, Tensor more) =>
            (sum is null ? more : sum.add(more)).MoveToOuterDisposeScope().MoveToOuterDisposeScope();
    }

    /// <summary>The loss of the step. Weighted gradients are divided by the sum of the weights.</summary>
    public Tensor Finish(IEnumerable<Parameter> parameters)
    {
        if (weights is null)
            return sum!;
        // If no sample of the step counts, the gradients are 0.
        weights = weights.clamp_min(1e-30f);
        using (no_grad())
            foreach (var gradient in parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>())
                gradient.div_(weights);
        return sum!.div(weights);
    }
}
