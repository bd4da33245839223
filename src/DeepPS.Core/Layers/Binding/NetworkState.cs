using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The parameters and buffers of a network while its layers are built.</summary>
/// <param name="generator">The random generator of initial values.</param>
/// <param name="stored">The sizes of each tensor of a file that will give the values, or null if it has none of that
/// name; null for initial values.</param>
internal sealed class NetworkState(Generator generator, Func<string, IReadOnlyList<long>?>? stored = null)
{
    /// <summary>Whether a file gives the values, so that no initial ones are needed.</summary>
    public bool IsStored => stored is not null;


    /// <summary>The random generator of initial values.</summary>
    public Generator Generator { get; } = generator;

    /// <summary>The trained parameters.</summary>
    public List<Parameter> Parameters { get; } = [];

    /// <summary>The buffers, which are not trained.</summary>
    public List<Parameter> Buffers { get; } = [];

    /// <summary>
    /// Checks that a file that gives the values has a tensor of the same sizes. This comes before memory is taken, so
    /// that a network takes no more than its file.
    /// </summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <exception cref="InvalidDataException">The file does not have it.</exception>
    public void Require(string name, params ReadOnlySpan<long> sizes)
    {
        if (stored is null)
            return;
        var found = stored(name) ?? throw new InvalidDataException($"the values of '{name}' are not in it");
        if (!sizes.SequenceEqual(found.ToArray()))
            throw new InvalidDataException($"'{name}' is {Text(found)}, but its layer needs {Text(sizes.ToArray())}");

        static string Text(IReadOnlyList<long> sizes) => sizes.Count == 0 ? "1 number" : string.Join("x", sizes);
    }
}
