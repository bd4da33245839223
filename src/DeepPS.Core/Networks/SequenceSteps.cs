using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>A sequence of which a network computes one step at a time, without gradients.</summary>
internal sealed class SequenceSteps : IDisposable
{
    private readonly LayerGraph graph;
    private readonly int sequence;
    private readonly StepCache cache = new();
    private readonly ForwardContext context;
    private readonly Tensor[] inputs;
    private readonly Tensor?[] before;

    /// <summary>Runs the layers that do not depend on the sequence.</summary>
    /// <param name="graph">The layers.</param>
    /// <param name="inputs">The batch of each input; the caller frees them after the last step.</param>
    /// <param name="sequence">The number of the input that is the sequence.</param>
    public SequenceSteps(LayerGraph graph, IReadOnlyList<Tensor> inputs, int sequence)
    {
        (this.graph, this.sequence, this.inputs) = (graph, sequence, [.. inputs]);
        context = new ForwardContext(training: false) { Steps = cache };
        using var scope = NewDisposeScope();
        before = Array.ConvertAll(graph.RunBefore(inputs, sequence, ForwardContext.Inference),
            output => output?.alias().DetachFromDisposeScope());
    }

    /// <summary>Computes the next step.</summary>
    /// <param name="step">The step of the sequence: (samples, 1, features), or (samples, 1) of ids.</param>
    /// <returns>The output of the step, with 1 as its time.</returns>
    public Tensor Next(Tensor step)
    {
        using var scope = NewDisposeScope();
        inputs[sequence] = step;
        var output = graph.RunStep(inputs, sequence, before, context);
        cache.Advance();
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Replaces each sample's steps so far by those of another sample with the same other inputs.</summary>
    /// <param name="samples">The number of the other sample for each, int64.</param>
    public void Select(Tensor samples) => cache.Select(samples);

    public void Dispose()
    {
        cache.Dispose();
        foreach (var output in before)
            output?.Dispose();
    }
}
