using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Networks;

/// <summary>Layers bound to the shapes of their inputs: a directed graph with every output shape known, the parameters
/// and buffers made, and a forward pass.</summary>
public sealed class Network : IDisposable
{
    private readonly LayerGraph graph;
    private readonly ColumnEmbedding[] embeddings;
    private readonly NetworkState state;

    /// <summary>Binds layers to one input's shape and makes their parameters.</summary>
    /// <param name="layers">The layers; each takes its input from the one before, or from those that it names.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">What the first values of the parameters follow from.</param>
    /// <exception cref="DlException">As for several inputs.</exception>
    public Network(IReadOnlyList<Layer> layers, Shape input, int seed)
        : this(layers, NetworkInput.Numbered([input]), seed)
    {
    }

    /// <summary>Binds layers to the shapes of several inputs and makes their parameters.</summary>
    /// <param name="layers">The layers; each takes its input from the one before, or from those that it names.</param>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="seed">What the first values of the parameters follow from.</param>
    /// <exception cref="DlException"><c>LayerShape</c>: a layer cannot work on what comes to it; <c>DuplicateLayer</c>,
    /// <c>UnknownInput</c>, <c>LayerCycle</c>: the graph's names are wrong; <c>UnknownShare</c>, <c>ShareMismatch</c>:
    /// parameters cannot be shared.</exception>
    public Network(IReadOnlyList<Layer> layers, IReadOnlyList<NetworkInput> inputs, int seed)
    {
        Inputs = inputs;
        graph = new LayerGraph(layers, inputs.Select(input => input with { Shape = input.Seen, Coded = [] }).ToArray());
        // With one thread: a pool that this thread, often a session's own, kept for ever would change how others wait (ShortWaits).
        using var turn = ThreadTurn.Take(1);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed);
        state = new NetworkState(generator);
        embeddings = inputs.Select(input => new ColumnEmbedding(input, state)).ToArray();
        graph.Build(state, null);
    }

    /// <summary>What goes in.</summary>
    public IReadOnlyList<NetworkInput> Inputs { get; }

    /// <summary>The shape of one sample of the first input.</summary>
    public Shape Input => Inputs[0].Shape;

    /// <summary>The shape of one sample that comes out.</summary>
    public Shape Output => graph.Output.OutputShape;

    /// <summary>The layer that gives the output.</summary>
    public LayerNode OutputNode => graph.Output;

    /// <summary>The layers that give further outputs in training: auxiliary heads.</summary>
    public IReadOnlyList<LayerNode> Heads => graph.Heads.ToArray();

    /// <summary>The layers with their places in the graph, as they were listed.</summary>
    public IReadOnlyList<LayerNode> Nodes => graph.Nodes;

    /// <summary>What is learned by gradient.</summary>
    public IReadOnlyList<Parameter> Parameters => state.Parameters;

    /// <summary>What is kept with the network but not learned by gradient, such as running means.</summary>
    public IReadOnlyList<Parameter> Buffers => state.Buffers;

    /// <summary>Parameters and buffers: all that makes this network differ from another of the same layers.</summary>
    public IEnumerable<Parameter> State => Parameters.Concat(Buffers);

    /// <summary>The columns of codes for which numbers are learned, as rows of a table.</summary>
    internal IEnumerable<LayerRow> EmbeddingRows => embeddings.SelectMany(embedding => embedding.Rows);

    /// <summary>Runs a batch of the only input through the layers.</summary>
    /// <param name="input">The batch: (samples, input shape), float32, on the network's device.</param>
    /// <param name="context">Whether it is for training, and where random numbers come from.</param>
    /// <returns>(samples, output shape).</returns>
    public Tensor Forward(Tensor input, ForwardContext context) => Forward([input], context);

    /// <summary>Runs a batch through the layers that the output needs.</summary>
    /// <param name="inputs">A batch of each of <see cref="Inputs"/>: (samples, input shape), on the network's
    /// device.</param>
    /// <param name="context">Whether it is for training, and where random numbers come from.</param>
    /// <returns>(samples, output shape).</returns>
    public Tensor Forward(IReadOnlyList<Tensor> inputs, ForwardContext context) =>
        graph.Forward(Seen(inputs, context), context);

    /// <summary>Runs a batch through all layers.</summary>
    /// <returns>The output, then the output of each of <see cref="Heads"/>.</returns>
    public IReadOnlyList<Tensor> ForwardAll(IReadOnlyList<Tensor> inputs, ForwardContext context) =>
        graph.ForwardAll(Seen(inputs, context), context);

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

    /// <summary>The inputs as layers see them.</summary>
    private IReadOnlyList<Tensor> Seen(IReadOnlyList<Tensor> inputs, ForwardContext context) =>
        Inputs.All(input => input.Coded.Count == 0)
            ? inputs
            : inputs.Zip(embeddings, (input, embedding) => embedding.Of(input, context)).ToArray();

    /// <summary>Takes layers that differ from the present ones in what they say of training alone.</summary>
    internal void Follow(IReadOnlyList<Layer> layers)
    {
        foreach (var (node, layer) in graph.Nodes.Zip(layers))
            node.Follow(layer);
        foreach (var parameter in Parameters)
            parameter.Value.requires_grad = !parameter.Frozen;
    }
}
