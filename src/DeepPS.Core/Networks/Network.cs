using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>Layers bound to input shapes: a graph with known output shapes, parameters, buffers and a forward
/// pass.</summary>
public sealed class Network : IDisposable
{
    private readonly LayerGraph graph;
    private readonly ColumnEmbedding[] embeddings;
    private readonly NetworkState state;

    /// <summary>Binds layers to one input's shape and makes their parameters.</summary>
    /// <param name="layers">The layers; each reads the previous one, or the layers that it names.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <exception cref="DlException">The same as for several inputs.</exception>
    public Network(IReadOnlyList<Layer> layers, Shape input, int seed)
        : this(layers, NetworkInput.Numbered([input]), seed)
    {
    }

    /// <summary>Binds layers to the shapes of several inputs and makes their parameters.</summary>
    /// <param name="layers">The layers; each reads the previous one, or the layers that it names.</param>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <exception cref="DlException"><c>LayerShape</c>: a layer cannot take its input; <c>DuplicateLayer</c>,
    /// <c>UnknownInput</c>, <c>LayerCycle</c>: the names of the graph are wrong; <c>UnknownShare</c>,
    /// <c>ShareMismatch</c>: parameters cannot be shared.</exception>
    public Network(IReadOnlyList<Layer> layers, IReadOnlyList<NetworkInput> inputs, int seed)
        : this(layers, inputs, seed, null)
    {
    }

    /// <summary>Binds layers whose parameters get their values from a file.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <param name="stored">The sizes of each tensor of the file, or null if it has none of that name; null for initial
    /// values.</param>
    /// <exception cref="InvalidDataException">The file does not have the network's parameters.</exception>
    internal Network(IReadOnlyList<Layer> layers, IReadOnlyList<NetworkInput> inputs, int seed,
        Func<string, IReadOnlyList<long>?>? stored)
    {
        Inputs = inputs;
        graph = new LayerGraph(layers, inputs.Select(input => input with { Shape = input.Seen, Coded = [] }).ToArray());
        // With one thread: a pool kept by this thread, often a session's, would change how others wait (ShortWaits).
        using var turn = ThreadTurn.Take(1);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed);
        state = new NetworkState(generator, stored);
        try
        {
            embeddings = inputs.Select(input => new ColumnEmbedding(input, state)).ToArray();
            graph.Build(state, null);
            foreach (var node in graph.Nodes)
                if (node.Layer.Carried is { } carried)
                {
                    carried.GiveTo(node.Name, State);
                    node.Follow(node.Layer with { Carried = null });
                }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<NetworkInput> Inputs { get; }

    /// <summary>The shape of one sample of the first input.</summary>
    public Shape Input => Inputs[0].Shape;

    /// <summary>The output shape of one sample.</summary>
    public Shape Output => graph.Output.OutputShape;

    /// <summary>The layer that gives the output.</summary>
    public LayerNode OutputNode => graph.Output;

    /// <summary>The auxiliary heads: layers with further outputs in training.</summary>
    public IReadOnlyList<LayerNode> Heads => graph.Heads.ToArray();

    /// <summary>The layers with their places in the graph, in the order of the list.</summary>
    public IReadOnlyList<LayerNode> Nodes => graph.Nodes;

    /// <summary>The trained parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => state.Parameters;

    /// <summary>The buffers, which are saved but not trained, such as running means.</summary>
    public IReadOnlyList<Parameter> Buffers => state.Buffers;

    /// <summary>Parameters and buffers.</summary>
    public IEnumerable<Parameter> State => Parameters.Concat(Buffers);

    /// <summary>The embeddings of coded columns as rows of a table.</summary>
    internal IEnumerable<LayerRow> EmbeddingRows => embeddings.SelectMany(embedding => embedding.Rows);

    /// <summary>Runs a batch of a single input through the layers.</summary>
    /// <param name="input">The batch: (samples, input shape), float32, on the network's device.</param>
    /// <param name="context">The mode, precision and random generator.</param>
    /// <returns>(samples, output shape).</returns>
    public Tensor Forward(Tensor input, ForwardContext context) => Forward([input], context);

    /// <summary>Runs a batch through the layers that the output needs.</summary>
    /// <param name="inputs">A batch of each of <see cref="Inputs"/>: (samples, input shape), on the network's
    /// device.</param>
    /// <param name="context">The mode, precision and random generator.</param>
    /// <returns>(samples, output shape).</returns>
    public Tensor Forward(IReadOnlyList<Tensor> inputs, ForwardContext context) =>
        Unframed(inputs, graph.Forward(Seen(inputs, context), context));

    /// <summary>Runs a batch through all layers.</summary>
    /// <returns>The output, then the output of each of <see cref="Heads"/>.</returns>
    public IReadOnlyList<Tensor> ForwardAll(IReadOnlyList<Tensor> inputs, ForwardContext context)
    {
        var outputs = graph.ForwardAll(Seen(inputs, context), context);
        return Frame is null ? outputs : outputs.Select(output => Unframed(inputs, output)).ToArray();
    }

    /// <summary>Runs a batch through all layers.</summary>
    /// <returns>The output of each of <see cref="Nodes"/>.</returns>
    public IReadOnlyList<Tensor> ForwardNodes(IReadOnlyList<Tensor> inputs, ForwardContext context) =>
        graph.ForwardNodes(Seen(inputs, context), context);

    /// <summary>Moves parameters and buffers to a device.</summary>
    public void MoveTo(Device device)
    {
        foreach (var parameter in State)
            parameter.MoveTo(device);
    }

    /// <summary>Frees parameters and buffers.</summary>
    public void Dispose()
    {
        foreach (var parameter in State)
            parameter.Dispose();
    }

    /// <summary>The frame of windows over a series; null: there is none.</summary>
    internal SeriesFrame? Frame { get; set; }

    /// <summary>An output in the label's unit.</summary>
    private Tensor Unframed(IReadOnlyList<Tensor> inputs, Tensor output) => Frame?.Out(inputs[0], output) ?? output;

    /// <summary>The inputs for the first layers, a mask of each that is padded, and the places of the nodes of each
    /// that is a tree.</summary>
    private IReadOnlyList<Tensor> Seen(IReadOnlyList<Tensor> inputs, ForwardContext context) =>
        Frame is not null ? [Frame.In(inputs[0])]
        : Inputs.Any(input => input.IsPadded) ? Masked(inputs, context)
        : Inputs.All(input => input.Coded.Count == 0)
            ? inputs
            : inputs.Zip(embeddings, (input, embedding) => embedding.Of(input, context)).ToArray();

    private Tensor[] Masked(IReadOnlyList<Tensor> inputs, ForwardContext context)
    {
        var pairs = Inputs.Zip(inputs).ToArray();
        var seen = pairs.Zip(embeddings, (pair, embedding) => pair.First.IsTree ? TreeInput.Values(pair.Second)
            : pair.First.IsPadded ? pair.Second.nan_to_num(0) : embedding.Of(pair.Second, context));
        // All numbers of a step are padding, or none.
        return
        [
            .. seen, .. pairs.Where(pair => pair.First.IsPadded).Select(pair => Mask(pair.First, pair.Second)),
            .. pairs.Where(pair => pair.First.IsTree).Select(pair => TreeInput.Places(pair.Second)),
        ];
    }

    /// <summary>(samples, steps) of an input that is padded: 1, and 0 for padding.</summary>
    private static Tensor Mask(NetworkInput input, Tensor batch) =>
        batch.reshape(batch.shape[0], input.Shape[0], -1).select(2, 0).isnan().logical_not().to(ScalarType.Float32);

    /// <summary>The number of steps of each sample of an input that is padded.</summary>
    internal Tensor LengthsOf(int input, Tensor batch) => Mask(Inputs[input], batch).sum(1);

    /// <summary>Replaces the layers by ones that differ only in their training settings.</summary>
    internal void Follow(IReadOnlyList<Layer> layers)
    {
        foreach (var (node, layer) in graph.Nodes.Zip(layers))
            node.Follow(layer);
        foreach (var parameter in Parameters)
            parameter.Value.requires_grad = !parameter.Frozen;
    }
}
