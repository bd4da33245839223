using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Finds, in a graph over inputs that are padded, the layers that take a mask of the padding. The masks are
/// further inputs of the graph, named after the inputs: <c>input.mask</c>; after them are the places of nodes in trees:
/// <c>input.tree</c>.</summary>
/// <param name="inputs">The inputs.</param>
internal sealed class PaddingMasks(IReadOnlyList<NetworkInput> inputs)
{
    private readonly int[] padded =
        Enumerable.Range(0, inputs.Count).Where(input => inputs[input].IsPadded).ToArray();

    private readonly int[] trees =
        Enumerable.Range(0, inputs.Count).Where(input => inputs[input].IsTree).ToArray();

    /// <summary>By layer: the input whose padding is that of its output, -1 if there is none; and the input whose
    /// padding a layer before it has mixed into other steps.</summary>
    private readonly Dictionary<int, (int Known, int Lost)> outputs = [];

    /// <summary>The names of the masks and trees, in the order of the graph's inputs after the inputs
    /// themselves.</summary>
    public IEnumerable<string> Names => padded.Select(input => $"{inputs[input].Name}.mask")
        .Concat(trees.Select(input => $"{inputs[input].Name}.tree"));

    /// <summary>The shape of a mask: a number for each step; of a tree: a place for each node.</summary>
    /// <param name="mask">The number of the mask or tree.</param>
    public Shape ShapeOf(int mask) => mask < padded.Length ? new(inputs[padded[mask]].Shape[0])
        : new(inputs[trees[mask - padded.Length]].Shape[0], NetworkInput.TreeNumbers);

    /// <summary>The mask that a layer takes and is not given, as a source; null if there is none.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="place">Its place in the list.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sources">Its sources.</param>
    /// <param name="shapes">Their shapes.</param>
    /// <param name="output">The shape of its output.</param>
    /// <exception cref="DlException"><c>PaddingUnknown</c>: the layer would take padding for steps;
    /// <c>TreeUnknown</c>: it takes a tree, and gets none.</exception>
    public int? Add(Layer layer, int place, string name, int[] sources, Shape[] shapes, Shape output)
    {
        if (layer.TakesTree && sources.Length == 1 && !trees.Contains(Known(sources[0])))
            throw NoTree(name);
        if (padded.Length == 0)
            return null;
        int? mask = null;
        var sequences = layer.MaskedSequences(shapes);
        var read = sequences == 0 ? sources : sources[..Math.Min(sequences, sources.Length)];
        var known = read.Select(Known).Where(input => input >= 0).Distinct().ToArray();
        var lost = read.Select(Lost).FirstOrDefault(input => input >= 0, -1);
        var steps = sources.Length == 0 || shapes[0].Rank == 0 ? 0 : shapes[0][0];
        // Layers inside another cannot be given the mask.
        if (known.Length > 0 && layer.WithInside.Skip(1).FirstOrDefault(inner => inner.MaskedSequences([new(1, 1)]) > 0)
            is { } hidden)
            throw Unknown(name, known[0], $"has a layer {hidden.Entry.Name} inside, which is given no mask",
                $"Put {hidden.Entry.Name} into the list of layers itself.");
        if (sequences > 0 && sources.Length == sequences)
        {
            if (Known(sources[^1]) is >= 0 and var input)
                mask = -1 - inputs.Count - (layer.TakesTree ? padded.Length + Array.IndexOf(trees, input)
                    : Array.IndexOf(padded, input));
            else if (Lost(sources[^1]) is >= 0 and var mixed && shapes[^1][0] == inputs[mixed].Shape[0])
                throw Unknown(name, mixed, "comes after a layer that mixes steps",
                    $"Pass the mask as its last input: -From LAYER, {inputs[mixed].Name}.mask.");
        }

        // Of attention to a memory the steps are those of the queries.
        var own = sequences > 0 ? Known(read[0]) : known.Length == 1 ? known[0] : -1;
        var keeps = own >= 0 && layer.KeepsSteps && output.Rank > 0 && output[0] == steps;
        outputs[place] = keeps ? (own, -1) : (-1, sequences > 0 ? -1 : own >= 0 ? own : lost);
        return mask;
    }

    private int Known(int source) =>
        source >= 0 ? outputs[source].Known : -1 - source is var input && padded.Contains(input) ? input : -1;

    private int Lost(int source) => source >= 0 ? outputs[source].Lost : -1;

    private DlException NoTree(string name) => new("TreeUnknown", DlErrorKind.InvalidArgument,
        $"Layer '{name}' takes the nodes of a tree: a column of kind Tree, or the output of layers that keep nodes, "
        + "such as Dense. Its input is none. "
        + (trees.Length == 0 ? "Read a column with -Column @{ COLUMN = 'Tree' }."
            : $"Pass the tree as its last input: -From LAYER, {inputs[trees[0]].Name}.tree."), name);

    private DlException Unknown(string name, int input, string why, string remedy) =>
        new("PaddingUnknown", DlErrorKind.InvalidArgument,
            $"The arrays of '{inputs[input].Name}' differ in length, and layer '{name}' {why}: it would take padding "
            + $"for steps. {remedy}", name);
}
