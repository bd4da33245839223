using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The words that a model reads by an Embedding layer, and their vectors.</summary>
/// <param name="Words">The words, the most frequent first.</param>
/// <param name="First">The row of the first word.</param>
/// <param name="Weight">The vectors, a row for each token.</param>
internal sealed record WordTable(IReadOnlyList<string> Words, int First, Parameter Weight)
{
    /// <summary>The vectors of the words, (words, features).</summary>
    public Tensor Vectors => Weight.Value.detach().narrow(0, First, Words.Count);

    /// <summary>The words of a model.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="layer">The name of the Embedding layer; null for the first that reads words.</param>
    /// <exception cref="DlException"><c>NoWords</c>: the model has none.</exception>
    public static WordTable Of(Model model, string? layer = null)
    {
        var (network, plan, _) = model.Trained();
        foreach (var node in network.Nodes)
            if (node is { Layer: Embedding, Inputs: [< 0 and var input] }
                && (layer is null || node.Name.Equals(layer, StringComparison.OrdinalIgnoreCase))
                && plan.InputPlans[-1 - input].Words is { Vocabulary.Count: > 0 } words)
                return new WordTable(words.Vocabulary, words.FirstNumber,
                    network.Parameters.Single(parameter => parameter.Name == $"{node.Name}.weight"));
        throw new DlException("NoWords", DlErrorKind.InvalidArgument,
            $"Model '{model.Name}' has no vectors of words: that needs a text column split into words or characters, "
            + "or a column of words, and an Embedding layer that reads it.", model);
    }
}
