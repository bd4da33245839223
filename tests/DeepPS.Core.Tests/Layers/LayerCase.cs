using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>A layer by itself, with its parameters, buffers and forward pass.</summary>
internal sealed class LayerCase : IDisposable
{
    private readonly List<Parameter> parameters;
    private readonly List<Parameter> buffers;
    private readonly Forward forward;

    public LayerCase(Layer layer, Shape input, ulong seed = 0) : this(layer, [input], seed)
    {
    }

    public LayerCase(Layer layer, IReadOnlyList<Shape> inputs, ulong seed = 0)
    {
        using var generator = new Generator(seed);
        var state = new NetworkState(generator);
        Output = layer.OutputShape(inputs);
        forward = layer.Build(new LayerBuilder(state, new LayerScope("it", null, layer), inputs));
        parameters = state.Parameters;
        buffers = state.Buffers;
    }

    public Shape Output { get; }

    public Tensor this[string name] => parameters.Concat(buffers).Single(parameter =>
        parameter.Name == "it." + name).Value;

    public Tensor Forward(Tensor input, bool training = false, Generator? generator = null) =>
        Forward([input], training, generator);

    public Tensor Forward(IReadOnlyList<Tensor> inputs, bool training = false, Generator? generator = null) =>
        Forward(inputs, new ForwardContext(training, generator));

    public Tensor Forward(IReadOnlyList<Tensor> inputs, ForwardContext context) => forward(inputs, context);

    public void Dispose()
    {
        foreach (var parameter in parameters.Concat(buffers))
            parameter.Dispose();
    }

    /// <summary>A layer by name with the given settings. Other required settings are 2, and Axes is 2x1.</summary>
    public static Layer Make(string name, params (string Setting, object? Value)[] settings)
    {
        var missing = CatalogIndex.Find(CatalogKind.Layer, name).Settings
            .Where(setting => setting.Required && settings.All(given => given.Setting != setting.Name));
        return CatalogIndex.Create<Layer>(name, missing
            .Select(setting => KeyValuePair.Create(setting.Name, (object?)(setting.Name == "Axes" ? "2x1" : 2)))
            .Concat(settings.Select(given => KeyValuePair.Create(given.Setting, given.Value))));
    }

    /// <summary>The number of learned numbers.</summary>
    public long ParameterCount => parameters.Sum(parameter => parameter.Size);

    /// <summary>Whether it keeps numbers that are not learned.</summary>
    public bool HasBuffers => buffers.Count > 0;

    /// <summary>The learned parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Compares shape, output, gradients and buffers with PyTorch's.</summary>
    /// <param name="golden">A case made with PyTorch.</param>
    /// <param name="wrap">Makes the layer to run from the layer of the case; null runs that one.</param>
    public static void CheckAgainst(JsonNode golden, Func<Layer, Layer>? wrap = null)
    {
        using var scope = NewDisposeScope();
        var inputs = golden["inputs"]!.AsArray().Select(input => Golden.Tensor(input!)).ToArray();
        foreach (var input in inputs)
            input.requires_grad = input.is_floating_point();
        var item = Golden.Item<Layer>(golden);
        var tolerance = item is TransformerDecoder ? Golden.DecoderTolerance : Golden.Tolerance;
        using var layer = Of(golden, wrap?.Invoke(item) ?? item, inputs);
        var output = layer.Forward(inputs, golden["training"]!.GetValue<bool>());
        Assert.Equal(output.shape, layer.Output.WithBatch(inputs[0].shape[0]));
        Golden.Equal(golden["output"]!, output, "the output", tolerance);

        output.backward([Golden.Tensor(golden["along"]!)]);
        foreach (var (i, gradient) in golden["inputGradients"]!.AsArray().Index())
            if (gradient is not null)
                Golden.Equal(gradient, inputs[i].grad, $"the gradient of input {i + 1}", tolerance);
        foreach (var (name, gradient) in golden["gradients"]!.AsObject())
            Golden.Equal(gradient!, layer[name].grad, $"the gradient of {name}", tolerance);
        foreach (var (name, value) in golden["buffersAfter"]!.AsObject())
            Golden.Equal(value!, layer[name], name, tolerance);
    }

    /// <summary>
    /// Compares second gradients with PyTorch's: the sum of squares of the first ones by inputs and parameters is
    /// differentiated by the same tensors.
    /// </summary>
    public static void CheckSecondGradients(JsonNode golden)
    {
        using var scope = NewDisposeScope();
        var inputs = golden["inputs"]!.AsArray().Select(input => Golden.Tensor(input!)).ToArray();
        foreach (var input in inputs)
            input.requires_grad = input.is_floating_point();
        using var layer = Of(golden, Golden.Item<Layer>(golden), inputs);
        var parameters = golden["second"]!["parameters"]!.AsObject();
        Tensor[] variables =
            [.. inputs.Where(input => input.requires_grad), .. parameters.Select(own => layer[own.Key])];
        var context = new ForwardContext(golden["training"]!.GetValue<bool>(), null) { IsDifferentiatedTwice = true };
        Golden.EqualSecond([.. golden["second"]!["inputs"]!.AsArray(), .. parameters.Select(own => own.Value)],
            layer.Forward(inputs, context).mul(Golden.Tensor(golden["along"]!)).sum(), variables);
    }

    private static LayerCase Of(JsonNode golden, Layer item, IReadOnlyList<Tensor> inputs)
    {
        var layer = new LayerCase(item, inputs.Select(input => new Shape(input.shape.Skip(1))).ToArray());
        layer.Load(layer.parameters, golden["parameters"]!.AsObject());
        layer.Load(layer.buffers, golden["buffers"]!.AsObject());
        return layer;
    }

    private void Load(List<Parameter> own, JsonObject golden)
    {
        Assert.Equal(golden.Select(value => "it." + value.Key), own.Select(parameter => parameter.Name));
        foreach (var (name, value) in golden)
        {
            Assert.Equal(Golden.Sizes(value!), this[name].shape);
            own.Single(parameter => parameter.Name == "it." + name).Load(Golden.Tensor(value!));
        }
    }
}
