using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Layers bound to an input shape: a directed graph with every output shape known, the parameters and buffers made, and
/// a forward pass.
/// </summary>
public sealed class Network : IDisposable
{
    private readonly List<Parameter> parameters = [];
    private readonly List<Parameter> buffers = [];
    private readonly int[] lastUse;

    /// <summary>Binds layers to an input shape and makes their parameters.</summary>
    /// <param name="layers">The layers; each takes its input from the one before, or from those that it names.</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">What the first values of the parameters follow from.</param>
    /// <exception cref="DlException"><c>LayerShape</c>: a layer cannot work on what comes to it;
    /// <c>DuplicateLayer</c>, <c>UnknownInput</c>: the graph's names are wrong.</exception>
    public Network(IReadOnlyList<Layer> layers, Shape input, int seed)
    {
        Input = input;
        Nodes = LayerGraph.Resolve(layers, input);
        lastUse = LayerGraph.LastUses(Nodes);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed);
        foreach (var node in Nodes)
        {
            var first = parameters.Count;
            node.Forward = node.Layer.Build(new LayerBuilder(node.Name, node.InputShapes, generator, parameters, buffers));
            node.ParameterCount = parameters.Skip(first).Sum(parameter => parameter.Size);
        }
    }

    /// <summary>The shape of one sample that goes in.</summary>
    public Shape Input { get; }

    /// <summary>The shape of one sample that comes out.</summary>
    public Shape Output => Nodes[^1].OutputShape;

    /// <summary>The layers with their places in the graph, in the order in which they run.</summary>
    public IReadOnlyList<LayerNode> Nodes { get; }

    /// <summary>What is learned by gradient.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>What is kept with the network but not learned by gradient, such as running means.</summary>
    public IReadOnlyList<Parameter> Buffers => buffers;

    /// <summary>Parameters and buffers: all that makes this network differ from another of the same layers.</summary>
    public IEnumerable<Parameter> State => parameters.Concat(buffers);

    /// <summary>Runs a batch through the layers.</summary>
    /// <param name="input">The batch: (samples, input shape), float32, on the network's device.</param>
    /// <param name="context">Whether it is for training, and where random numbers come from.</param>
    /// <returns>(samples, output shape).</returns>
    public Tensor Forward(Tensor input, ForwardContext context)
    {
        var outputs = new Tensor?[Nodes.Count];
        for (var i = 0; i < Nodes.Count; i++)
        {
            var node = Nodes[i];
            var inputs = new Tensor[node.Inputs.Count];
            for (var k = 0; k < inputs.Length; k++)
                inputs[k] = node.Inputs[k] < 0 ? input : outputs[node.Inputs[k]]!;
            outputs[i] = node.Forward!(inputs, context);
            if (!context.Training)
                Release(i, outputs, input);
        }

        return outputs[^1]!;
    }

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

    /// <summary>Without gradients nothing keeps what layers between made: it goes as soon as the last layer has read it.</summary>
    private void Release(int ran, Tensor?[] outputs, Tensor input)
    {
        foreach (var source in Nodes[ran].Inputs)
        {
            if (source < 0 || lastUse[source] != ran || outputs[source] is not { } used)
                continue;
            if (!ReferenceEquals(used, outputs[ran]) && !ReferenceEquals(used, input))
                used.Dispose();
            outputs[source] = null;
        }
    }
}
