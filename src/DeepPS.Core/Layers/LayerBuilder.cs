using static TorchSharp.torch;

namespace DeepPS;

/// <summary>What a layer makes its parameters and buffers with. Each goes to the network under <c>layer.name</c>.</summary>
public sealed class LayerBuilder
{
    private readonly string prefix;
    private readonly Generator generator;
    private readonly List<Parameter> parameters;
    private readonly List<Parameter> buffers;

    internal LayerBuilder(string prefix, IReadOnlyList<Shape> inputs, Generator generator,
        List<Parameter> parameters, List<Parameter> buffers)
    {
        this.prefix = prefix;
        this.generator = generator;
        this.parameters = parameters;
        this.buffers = buffers;
        Inputs = inputs;
    }

    /// <summary>The shapes of the inputs, without the batch.</summary>
    public IReadOnlyList<Shape> Inputs { get; }

    /// <summary>The shape of the only input, without the batch.</summary>
    public Shape Input => Inputs[0];

    /// <summary>Adds a parameter: float32, learned by its gradient.</summary>
    /// <param name="name">Its name in the layer, such as <c>weight</c>.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="initializer">What gives its first values.</param>
    /// <param name="fan">How many inputs and outputs one of its values touches; null: by its own sizes.</param>
    public Parameter Parameter(string name, long[] sizes, Initializer initializer, Fan? fan = null)
    {
        var value = empty(sizes, dtype: ScalarType.Float32);
        using (no_grad())
            initializer.Fill(value, fan ?? Fan.Of(sizes), generator);
        value.requires_grad = true;
        return Add(parameters, name, value);
    }

    /// <summary>Adds a buffer: kept and saved with the network, but not learned by gradient.</summary>
    public Parameter Buffer(string name, Tensor initial) => Add(buffers, name, initial);

    /// <summary>Builds a layer inside this one, over one input; its parameters come under <c>name</c>.</summary>
    public Func<Tensor, ForwardContext, Tensor> Child(string name, Layer layer, Shape input)
    {
        var forward = layer.Build(new LayerBuilder($"{prefix}.{name}", [input], generator, parameters, buffers));
        return (x, context) => forward([x], context);
    }

    private Parameter Add(List<Parameter> list, string name, Tensor value)
    {
        var parameter = new Parameter($"{prefix}.{name}", value.DetachFromDisposeScope());
        list.Add(parameter);
        return parameter;
    }
}

/// <summary>How many inputs and outputs one value of a weight touches: what initialisers scale by.</summary>
public readonly record struct Fan(long In, long Out)
{
    /// <summary>
    /// PyTorch's rule: a weight is (outputs, inputs, kernel...), and each of its values touches as many as the kernel's
    /// places. A vector counts as one output for each of its values.
    /// </summary>
    public static Fan Of(long[] sizes)
    {
        if (sizes.Length < 2)
            return new Fan(sizes.Length == 0 ? 1 : sizes[0], sizes.Length == 0 ? 1 : sizes[0]);
        var places = sizes.Skip(2).Aggregate(1L, (product, size) => product * size);
        return new Fan(sizes[1] * places, sizes[0] * places);
    }
}
