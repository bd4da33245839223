using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>A layer by itself, with its parameters, buffers and forward pass.</summary>
internal sealed class LayerCase : IDisposable
{
    private readonly List<Parameter> parameters;
    private readonly List<Parameter> buffers;
    private readonly Forward forward;

    public LayerCase(Layer layer, Shape input, ulong seed = 0)
    {
        using var generator = new Generator(seed);
        var state = new NetworkState(generator);
        Output = layer.OutputShape([input]);
        forward = layer.Build(new LayerBuilder(state, new LayerScope("it", null, layer), [input]));
        parameters = state.Parameters;
        buffers = state.Buffers;
    }

    public Shape Output { get; }

    public Tensor this[string name] => parameters.Concat(buffers).Single(parameter =>
        parameter.Name == "it." + name).Value;

    public Tensor Forward(Tensor input, bool training = false, Generator? generator = null) =>
        forward([input], new ForwardContext(training, generator));

    public void Dispose()
    {
        foreach (var parameter in parameters.Concat(buffers))
            parameter.Dispose();
    }

    /// <summary>Compares shape, output, gradients and buffers with PyTorch's.</summary>
    public static void CheckAgainst(JsonNode golden)
    {
        using var scope = NewDisposeScope();
        var input = Golden.Tensor(golden["input"]!).requires_grad_(true);
        using var layer = new LayerCase(Golden.Item<Layer>(golden), new Shape(input.shape.Skip(1)));
        layer.Load(layer.parameters, golden["parameters"]!.AsObject());
        layer.Load(layer.buffers, golden["buffers"]!.AsObject());

        var output = layer.Forward(input, golden["training"]!.GetValue<bool>());
        Assert.Equal(output.shape, layer.Output.WithBatch(input.shape[0]));
        Golden.Equal(golden["output"]!, output, "the output");

        output.backward([Golden.Tensor(golden["along"]!)]);
        Golden.Equal(golden["inputGradient"]!, input.grad, "the input's gradient");
        foreach (var (name, gradient) in golden["gradients"]!.AsObject())
            Golden.Equal(gradient!, layer[name].grad, $"the gradient of {name}");
        foreach (var (name, value) in golden["buffersAfter"]!.AsObject())
            Golden.Equal(value!, layer[name], name);
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
