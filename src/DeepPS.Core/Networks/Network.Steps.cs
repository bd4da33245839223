using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <remarks>Step by step, for sequences that the network produces.</remarks>
public sealed partial class Network
{
    /// <summary>Begins to compute a sequence step by step; null if a layer needs all steps at once.</summary>
    /// <param name="inputs">A batch of each of <see cref="Inputs"/>; that of the sequence is not read.</param>
    /// <param name="sequence">The number of the input that is the sequence.</param>
    internal SequenceSteps? BeginSteps(IReadOnlyList<Tensor> inputs, int sequence) =>
        Frame is null && !Inputs[sequence].IsPadded && graph.RunsBySteps(sequence)
            ? new SequenceSteps(graph, Seen(inputs, ForwardContext.Inference), sequence) : null;
}
