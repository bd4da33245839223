using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <remarks>Step by step: the layers that read a sequence run once for each of its steps, the others once.</remarks>
internal sealed partial class LayerGraph
{
    /// <summary>Whether the layers that depend on an input can run step by step.</summary>
    /// <param name="input">The number of the input.</param>
    public bool RunsBySteps(int input)
    {
        var reading = Reading(input);
        return needed.All(i => !reading[i] || nodes[i].Layer.IsCausal && Suits(nodes[i]));

        // All inputs have the steps, but a memory has none of them: it is read once.
        bool Suits(LayerNode node) => node.Layer.MaskedSequences(node.InputShapes) < 2 ? node.Inputs.All(Reads)
            : Reads(node.Inputs[0]) && !node.Inputs.Skip(1).Any(Reads);

        bool Reads(int source) => source >= 0 ? reading[source] : source == -1 - input;
    }

    /// <summary>Runs the layers that do not depend on an input.</summary>
    /// <param name="batch">The batch of each input.</param>
    /// <param name="input">The number of the input.</param>
    /// <param name="context">The forward context.</param>
    /// <returns>The output of each of these layers; null for the others.</returns>
    public Tensor?[] RunBefore(IReadOnlyList<Tensor> batch, int input, ForwardContext context)
    {
        var reading = Reading(input);
        return Run(batch, context, needed.Where(i => !reading[i]).ToArray(), new Tensor?[nodes.Length]);
    }

    /// <summary>Runs the layers that depend on an input over one step.</summary>
    /// <param name="batch">The batch of each input, with one step of that input.</param>
    /// <param name="input">The number of the input.</param>
    /// <param name="before">The outputs of the other layers.</param>
    /// <param name="context">The forward context, with a <see cref="StepCache"/>.</param>
    /// <returns>The output of the step.</returns>
    public Tensor RunStep(IReadOnlyList<Tensor> batch, int input, Tensor?[] before, ForwardContext context)
    {
        var reading = Reading(input);
        return Run(batch, context, needed.Where(i => reading[i]).ToArray(), [.. before])[^1]!;
    }

    private Tensor?[] Run(IReadOnlyList<Tensor> batch, ForwardContext context, int[] running, Tensor?[] outputs)
    {
        foreach (var i in running)
            outputs[i] = nodes[i].Run(nodes[i].Inputs
                .Select(source => source < 0 ? batch[-1 - source] : outputs[source]!).ToArray(), context);
        return outputs;
    }

    /// <summary>By layer: whether it depends on an input.</summary>
    private bool[] Reading(int input)
    {
        var reading = new bool[nodes.Length];
        foreach (var i in needed)
            reading[i] = nodes[i].Inputs.Any(source => source >= 0 ? reading[source] : source == -1 - input);
        return reading;
    }
}
