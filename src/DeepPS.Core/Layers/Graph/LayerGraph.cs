using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Layers as a directed graph over inputs of known shapes: names, the inputs of each layer, the order of
/// execution, and the shape of each output. A layer takes the output of the layer before it in the list, or of the
/// layers that it names, anywhere in the list. The last layer in the list gives the graph's output.</summary>
internal sealed partial class LayerGraph
{
    private readonly LayerNode[] nodes;
    private readonly IReadOnlyList<string> names;
    private readonly IReadOnlyList<NetworkInput> inputs;
    private readonly PaddingMasks masks;
    private readonly int[] order;
    private readonly int[] needed;
    private readonly int[] lastUse;
    private readonly int[] heads;

    /// <summary>Resolves the graph.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="DlException"><c>NoLayers</c>, <c>DuplicateLayer</c>, <c>UnknownInput</c>, <c>LayerCycle</c>,
    /// <c>UnknownShare</c>, or <c>LayerShape</c>: a layer cannot work on what comes to it.</exception>
    public LayerGraph(IReadOnlyList<Layer> layers, IReadOnlyList<NetworkInput> inputs)
    {
        if (layers.Count == 0)
            throw new DlException("NoLayers", DlErrorKind.InvalidArgument,
                "A network needs at least one layer. Make layers with New-DlLayer and pipe them to New-DlModel.");
        names = LayerNames.Of(layers);
        this.inputs = inputs;
        masks = new PaddingMasks(inputs);
        var sources = layers.Select((layer, i) => Sources(layer, i)).ToArray();
        layers = layers.Zip(sources,
            (layer, from) => layer.Bound(from.Select(source =>
                source < 0 ? inputs.ElementAtOrDefault(-1 - source) : null).ToArray())).ToArray();
        order = LayerOrder.Of(sources, names);
        nodes = new LayerNode[layers.Count];
        foreach (var i in order)
        {
            var shapes = sources[i].Select(ShapeOf).ToArray();
            var output = Infer(layers[i], i, shapes, sources[i]);
            if (masks.Add(layers[i], i, names[i], sources[i], shapes, output) is { } mask)
            {
                sources[i] = [.. sources[i], mask];
                shapes = [.. shapes, ShapeOf(mask)];
                output = Infer(layers[i], i, shapes, sources[i]);
            }

            nodes[i] = new LayerNode(layers[i], names[i], sources[i], shapes, output);
        }

        heads = Enumerable.Range(0, nodes.Length - 1).Where(i => layers[i].OutputWeight is > 0).ToArray();
        needed = LayerOrder.Needed(order, sources, nodes.Length - 1);
        lastUse = LayerOrder.LastUses(needed, sources);
    }

    /// <summary>The layers, in the order of the list.</summary>
    public IReadOnlyList<LayerNode> Nodes => nodes;

    /// <summary>The layer that gives the output.</summary>
    public LayerNode Output => nodes[^1];

    /// <summary>The layers that give further outputs in training.</summary>
    public IEnumerable<LayerNode> Heads => heads.Select(i => nodes[i]);

    /// <summary>Builds parameters and forward passes.</summary>
    /// <param name="state">Takes parameters.</param>
    /// <param name="outer">The place of the layer whose body this is; null for the network itself.</param>
    /// <param name="shares">Whether all parameters exist already and are shared.</param>
    public void Build(NetworkState state, LayerScope? outer, bool shares = false)
    {
        // In the order of the list, so initial values do not depend on the order of execution; shared layers last.
        foreach (var node in nodes.Where(node => node.Layer.ShareWith is null))
            node.Build(state, Place(node.Name, node.Layer), shares);
        foreach (var node in nodes.Where(node => node.Layer.ShareWith is not null))
            node.Build(state, Place(Owner(node).Name, node.Layer), shares: true);

        LayerScope Place(string name, Layer layer) => outer?.Inside(name, layer) ?? new LayerScope(name, null, layer);
    }

    /// <summary>Runs a batch through the layers that the output needs.</summary>
    public Tensor Forward(IReadOnlyList<Tensor> batch, ForwardContext context) =>
        Run(batch, context, needed, free: !context.Training)[^1]!;

    /// <summary>Runs a batch through all layers and gives the output, then the output of each of
    /// <see cref="Heads"/>.</summary>
    public IReadOnlyList<Tensor> ForwardAll(IReadOnlyList<Tensor> batch, ForwardContext context)
    {
        var outputs = Run(batch, context, order, free: false);
        return [outputs[^1]!, .. heads.Select(i => outputs[i]!)];
    }

    /// <summary>Runs a batch through all layers and gives the output of each, in the order of
    /// <see cref="Nodes"/>.</summary>
    public IReadOnlyList<Tensor> ForwardNodes(IReadOnlyList<Tensor> batch, ForwardContext context) =>
        Run(batch, context, order, free: false)!;

    private Tensor?[] Run(IReadOnlyList<Tensor> batch, ForwardContext context, int[] running, bool free)
    {
        var outputs = new Tensor?[nodes.Length];
        foreach (var i in running)
        {
            var sources = nodes[i].Inputs;
            var read = new Tensor[sources.Count];
            for (var k = 0; k < read.Length; k++)
                read[k] = sources[k] < 0 ? batch[-1 - sources[k]] : outputs[sources[k]]!;
            outputs[i] = free ? RunAlone(nodes[i], read, context) : nodes[i].Run(read, context);
            if (free)
                Release(i, outputs, batch);
        }

        return outputs;
    }

    /// <summary>
    /// Without gradients a layer leaves its output alone: its intermediate tensors are freed at once.
    /// </summary>
    private static Tensor RunAlone(LayerNode node, Tensor[] read, ForwardContext context)
    {
        using var scope = NewDisposeScope();
        var output = node.Run(read, context);
        // A layer may pass on its input, which belongs to a scope further out.
        scope.MoveToOuter(output);
        return output;
    }

    /// <summary>
    /// Without gradients, frees an intermediate output after its last reader, unless a layer returned its input, so
    /// that another output is the same tensor.
    /// </summary>
    private void Release(int ran, Tensor?[] outputs, IReadOnlyList<Tensor> batch)
    {
        foreach (var source in nodes[ran].Inputs)
        {
            if (source < 0 || lastUse[source] != ran || outputs[source] is not { } used)
                continue;
            outputs[source] = null;
            // By reference: tensors compare by value, and NaN is not equal to itself.
            if (!outputs.Contains(used, ReferenceEqualityComparer.Instance)
                && !batch.Contains(used, ReferenceEqualityComparer.Instance))
                used.Dispose();
        }
    }

    private int[] Sources(Layer layer, int reader) => layer.From.Count == 0
        ? [reader - 1]
        : layer.From.Select(from => Source(from, reader)).ToArray();

    private int Source(string from, int reader)
    {
        for (var i = 0; i < names.Count; i++)
            if (Is(names[i]))
                return i;
        for (var i = 0; i < inputs.Count; i++)
            if (Is(inputs[i].Name))
                return -1 - i;
        foreach (var (i, mask) in masks.Names.Index())
            if (Is(mask))
                return -1 - inputs.Count - i;
        var known = names.Where((_, i) => i != reader).Concat(inputs.Select(input => input.Name)).ToArray();
        var nearest = NearestName.Of(from, known);
        throw new DlException("UnknownInput", DlErrorKind.InvalidArgument,
            $"Layer '{names[reader]}' takes its input from '{from}', which is neither a layer nor an input. "
            + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
            + $"Layers: {string.Join(", ", names)}. Inputs: {string.Join(", ", inputs.Select(input => input.Name))}.",
            from);

        bool Is(string name) => string.Equals(from, name, StringComparison.OrdinalIgnoreCase);
    }

    private LayerNode Owner(LayerNode node)
    {
        var owner = Array.Find(nodes,
            other => string.Equals(other.Name, node.Layer.ShareWith, StringComparison.OrdinalIgnoreCase));
        return owner is { Layer.ShareWith: null } && node.Layer.MayShareWith(owner.Layer) ? owner
            : throw new DlException("UnknownShare", DlErrorKind.InvalidArgument,
                $"Layer '{node.Name}' shares the parameters of '{node.Layer.ShareWith}', which is "
                + (owner is null ? "no layer"
                    : owner.Layer.ShareWith is not null ? "itself one that shares"
                    : $"a {owner.Layer.Entry.Name}, not a {node.Layer.Entry.Name}")
                + $". Layers: {string.Join(", ", names)}.", node.Layer.ShareWith);
    }

    private Shape ShapeOf(int source) => source >= 0 ? nodes[source].OutputShape
        : -1 - source < inputs.Count ? inputs[-1 - source].Shape : masks.ShapeOf(-1 - source - inputs.Count);

    private Shape Infer(Layer layer, int place, Shape[] shapes, int[] sources)
    {
        try
        {
            return layer.OutputShape(shapes);
        }
        catch (ShapeException e)
        {
            var got = string.Join(" and ", shapes.Length == 1 ? e.Actual.Select(shape => shape.ToString())
                : shapes.Zip(sources, (shape, source) => $"{shape} from '{NameOf(source)}'"));
            throw new DlException("LayerShape", DlErrorKind.InvalidArgument,
                $"Layer '{names[place]}' ({layer.Entry.Name}) needs {e.Expected}; got {got}.", names[place], e);
        }
        catch (Exception e) when (e is FormatException or OverflowException or DivideByZeroException)
        {
            throw new DlException("LayerShape", DlErrorKind.InvalidArgument,
                $"Layer '{names[place]}' ({layer.Entry.Name}) has no output of a valid size for inputs of shape "
                + $"{string.Join(" and ", shapes.Select(shape => shape.ToString()))}: its settings are too large or "
                + "too small. Change them, or the input shape.", names[place], e);
        }
    }

    private string NameOf(int source) => source >= 0 ? names[source]
        : inputs.Select(input => input.Name).Concat(masks.Names).ElementAt(-1 - source);
}
