using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Makes the parameters and buffers of a layer. Each gets the name <c>layer.name</c> in the network.</summary>
public sealed class LayerBuilder
{
    private readonly NetworkState state;
    private readonly LayerScope scope;
    private readonly bool shares;

    /// <summary>Makes a builder for a layer.</summary>
    /// <param name="state">Takes parameters and buffers.</param>
    /// <param name="scope">The layer's place; its path is the prefix of names.</param>
    /// <param name="inputs">The shapes of the layer's inputs.</param>
    /// <param name="shares">Whether the parameters under that path exist already and are shared.</param>
    internal LayerBuilder(NetworkState state, LayerScope scope, IReadOnlyList<Shape> inputs, bool shares = false)
    {
        this.state = state;
        this.scope = scope;
        this.shares = shares;
        Inputs = inputs;
    }

    /// <summary>The shapes of the inputs, without the batch.</summary>
    public IReadOnlyList<Shape> Inputs { get; }

    /// <summary>The shape of the only input, without the batch.</summary>
    public Shape Input => Inputs[0];

    /// <summary>Adds a parameter: float32, trained by its gradient.</summary>
    /// <param name="name">Its name in the layer, such as <c>weight</c>.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="initializer">Gives the initial values.</param>
    /// <param name="fan">The inputs and outputs that one of its values connects; null to take them from the
    /// sizes.</param>
    public Parameter Parameter(string name, long[] sizes, Initializer initializer, Fan? fan = null)
    {
        if (shares)
            return Shared(state.Parameters, name, sizes);
        var value = Filled(name, sizes, initializer, fan ?? Fan.Of(sizes));
        value.requires_grad = !scope.Frozen;
        return Add(state.Parameters, name, value);
    }

    /// <summary>Adds the parameters of a torch module, for operations that torch offers only as modules. The parameters
    /// stay the module's tensors when the network moves to another device.</summary>
    /// <param name="make">Makes the module.</param>
    /// <param name="name">Maps the module's parameter names to names in the layer.</param>
    /// <param name="initializer">Gives the initial values.</param>
    public T Module<T>(Func<T> make, Func<string, string> name, Initializer initializer) where T : nn.Module
    {
        var module = make();
        var own = module.named_parameters().ToArray();
        if (shares)
        {
            var shared = own.Select(pair => Shared(state.Parameters, name(pair.name), pair.parameter.shape)).ToArray();
            module.Dispose();
            return (T)shared[0].Home!;
        }

        foreach (var (inside, value) in own)
        {
            state.Require(PathOf(name(inside)), value.shape);
            using (no_grad())
                if (!state.IsStored)
                    initializer.Fill(value, Fan.Of(value.shape), state.Generator);
            value.requires_grad = !scope.Frozen;
            Add(state.Parameters, name(inside), value, (module, inside));
        }

        return module;
    }

    /// <summary>Adds a buffer: saved with the network, but not trained.</summary>
    /// <param name="name">Its name in the layer.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="initial">Makes the initial values.</param>
    public Parameter Buffer(string name, long[] sizes, Func<Tensor> initial)
    {
        if (shares)
            return Shared(state.Buffers, name, sizes);
        state.Require(PathOf(name), sizes);
        return Add(state.Buffers, name, initial());
    }

    /// <summary>Adds a buffer with initial values from an initializer.</summary>
    public Parameter Buffer(string name, long[] sizes, Initializer initializer) =>
        Buffer(name, sizes, () => Filled(name, sizes, initializer, Fan.Of(sizes)));

    /// <summary>Checks, before a torch module is made, that a file that gives the values has one of its
    /// parameters.</summary>
    /// <param name="name">The parameter's name in the layer.</param>
    /// <param name="sizes">Its sizes.</param>
    internal void Require(string name, params ReadOnlySpan<long> sizes)
    {
        if (!shares)
            state.Require(PathOf(name), sizes);
    }

    /// <summary>A builder for a part of the layer, such as its activation; its names get the prefix
    /// <c>name</c>.</summary>
    public LayerBuilder Part(string name, params IReadOnlyList<Shape> inputs) =>
        new(state, scope.Inside(name), inputs, shares);

    /// <summary>Builds layers inside this one; their parameter names get the prefix <c>name</c>.</summary>
    /// <param name="name">The prefix of parameter names inside this layer.</param>
    /// <param name="body">The layers. Their inputs are named <c>input</c>, <c>input2</c>, ...</param>
    /// <param name="inputs">The input shapes.</param>
    /// <returns>The forward pass: a chain, or a graph if the layers name their inputs.</returns>
    /// <exception cref="DlException">The layers do not fit together.</exception>
    public Forward Child(string name, LayerList body, params IReadOnlyList<Shape> inputs)
    {
        var graph = new LayerGraph(body, NetworkInput.Numbered(inputs));
        graph.Build(state, scope.Inside(name), shares);
        return graph.Forward;
    }

    private string PathOf(string name) => $"{scope.Path}.{name}";

    private Tensor Filled(string name, long[] sizes, Initializer initializer, Fan fan)
    {
        state.Require(PathOf(name), sizes);
        using var noGradient = no_grad();
        var value = empty(sizes, dtype: ScalarType.Float32);
        if (!state.IsStored)
            initializer.Fill(value, fan, state.Generator);
        return value;
    }

    private Parameter Add(List<Parameter> list, string name, Tensor value, (nn.Module Module, string Name)? home = null)
    {
        var parameter = new Parameter(PathOf(name), value.DetachFromDisposeScope(), scope, home);
        list.Add(parameter);
        return parameter;
    }

    private Parameter Shared(List<Parameter> list, string name, long[] sizes)
    {
        var path = PathOf(name);
        var found = list.Find(parameter => parameter.Name == path);
        return found is not null && found.Value.shape.AsSpan().SequenceEqual(sizes) ? found
            : throw new DlException("ShareMismatch", DlErrorKind.InvalidArgument,
                $"Parameters cannot be shared with layer '{scope.Path}': {name} must be {string.Join("x", sizes)}, "
                + $"there it is {(found is null ? "missing" : string.Join("x", found.Value.shape))}. Give both layers "
                + "the same settings and input sizes.",
                scope.Path);
    }
}

/// <summary>The inputs and outputs that one value of a weight connects; initializers scale by them.</summary>
/// <param name="In">The number of inputs of one output.</param>
/// <param name="Out">The number of outputs of one input.</param>
public readonly record struct Fan(long In, long Out)
{
    /// <summary>PyTorch's rule: a weight is (outputs, inputs, kernel...), and inputs and outputs are times the kernel's
    /// size. A vector counts as one output per value.</summary>
    public static Fan Of(long[] sizes)
    {
        if (sizes.Length < 2)
            return new Fan(sizes.Length == 0 ? 1 : sizes[0], sizes.Length == 0 ? 1 : sizes[0]);
        var places = sizes.Skip(2).Aggregate(1L, (product, size) => product * size);
        return new Fan(sizes[1] * places, sizes[0] * places);
    }
}
