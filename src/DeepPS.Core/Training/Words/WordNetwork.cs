using DeepPS.Layers;
using DeepPS.Networks;

namespace DeepPS.Training;

/// <summary>The parts of a network that compares vectors of words with words: SkipGram and CBOW.</summary>
/// <param name="Sources">The place of the input whose words give the vector, the mean of their vectors.</param>
/// <param name="Targets">The place of the input of the words to predict.</param>
/// <param name="Vectors">The vectors of the sources.</param>
/// <param name="Outputs">The vectors of the words to predict.</param>
/// <param name="Noise">The weights of the draw.</param>
/// <param name="Negatives">The number of words that are drawn for each word to predict.</param>
internal sealed record WordNetwork(
    int Sources, int Targets, Parameter Vectors, Parameter Outputs, Parameter Noise, int Negatives)
{
    /// <summary>The parts of a network; null: it is another one.</summary>
    public static WordNetwork? Of(Network network)
    {
        var nodes = network.Nodes;
        if (network.OutputNode is not { Layer: NegativeSampling sampling } last || last.Inputs[1] >= 0
            || last.Inputs[0] < 0)
            return null;
        var before = nodes[last.Inputs[0]];
        var embedding = before;
        if (before is { Layer: SequenceMean, Inputs: [>= 0 and var inner, < 0 and var mask] }
            && nodes[inner] is { Inputs: [var source] } && source == mask)
            embedding = nodes[inner];
        // Without a mean there is one source.
        if (embedding is not { Layer: Embedding { PaddingIndex: 0 }, Inputs: [< 0 and var input] }
            || embedding == before && embedding.InputShapes[0].Size != 1 || network.Parameters.Count != 2)
            return null;
        return new WordNetwork(-1 - input, -1 - last.Inputs[1], Find($"{embedding.Name}.weight"),
            Find($"{last.Name}.weight"), network.Buffers.Single(own => own.Name == $"{last.Name}.noise"),
            sampling.Negatives);

        Parameter Find(string name) => network.Parameters.Single(parameter => parameter.Name == name);
    }
}
