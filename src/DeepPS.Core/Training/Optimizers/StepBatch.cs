using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Parameters that take a step together in one call of torch: with the same rule, step, device and type.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="step">The step of the first parameter.</param>
/// <param name="first">The first parameter.</param>
internal sealed class StepBatch(ElementwiseOptimizer rule, RuleStep step, Tensor first) : IDisposable
{
    /// <summary>
    /// A batch of this size is full: most rules make temporary copies of all its numbers, of 256 MiB each in float32.
    /// Another call costs little beside the time for so many numbers.
    /// </summary>
    private const long Full = 1 << 26;

    private readonly List<(ParameterTrack Track, Tensor Gradient, RuleStep Step)> members = [];
    private long size;

    /// <summary>Whether a parameter can take its step with this batch.</summary>
    public bool Takes(ElementwiseOptimizer other, RuleStep next, Tensor value) =>
        size < Full && ReferenceEquals(rule, other)
        && step.Number == next.Number && step.Memory.AsSpan().SequenceEqual(next.Memory)
        && value.dtype == first.dtype && value.device_type == first.device_type
        && value.device_index == first.device_index;

    /// <summary>Adds a parameter with its gradient, which is freed with the batch.</summary>
    public void Add(ParameterTrack track, Tensor gradient, RuleStep next)
    {
        members.Add((track, gradient, next));
        size += track.Value.numel();
    }

    /// <summary>Takes the step.</summary>
    public void Run()
    {
        using var scope = NewDisposeScope();
        var parameters = members.Select(member => Plain(member.Track.Value)).ToArray();
        var gradients = members.Select(member => Plain(member.Gradient)).ToArray();
        var state = rule.StateNames
            .Select((_, i) => members.Select(member => member.Track.State[i]).ToArray()).ToArray();
        rule.Update(parameters, gradients, state, step);
        foreach (var (parameter, (track, _, own)) in parameters.Zip(members))
        {
            if (!ReferenceEquals(parameter, track.Value))
                track.Value.copy_(parameter);
            rule.Remember(own);
        }
    }

    /// <summary>Frees the gradients' handles.</summary>
    public void Dispose()
    {
        foreach (var (_, gradient, _) in members)
            gradient.Dispose();
    }

    /// <summary>
    /// A contiguous tensor. Torch's fused operators read other layouts incorrectly on the CPU and do not support them
    /// on CUDA.
    /// </summary>
    private static Tensor Plain(Tensor tensor) =>
        tensor.is_sparse ? tensor.to_dense().contiguous() : tensor.is_contiguous() ? tensor : tensor.contiguous();
}
