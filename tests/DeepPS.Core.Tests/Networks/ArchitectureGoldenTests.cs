using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Architecture = DeepPS.Networks.Architecture;

namespace DeepPS.Tests;

/// <summary>
/// Architectures compared with PyTorch's: the shape of each parameter, and the outputs with weights that both sides
/// compute by the same rule (<c>golden/networks.py</c>).
/// </summary>
public class ArchitectureGoldenTests
{
    private const int FirstInput = 1_000_000;

    /// <summary>
    /// The tolerance of a float32 output per layer with weights, relative to the largest number. Processors add in
    /// different orders, and each layer passes on the errors of the one before it.
    /// </summary>
    private const double TolerancePerLayer = 1e-5;

    /// <summary>The smallest tolerance, for a network of few layers.</summary>
    private const double Tolerance = 1e-4;

    public static TheoryData<int, string> Architectures => Golden.Names("architectures");

    [Theory]
    [MemberData(nameof(Architectures))]
    public void AnArchitectureHasTheParametersAndOutputsOfItsReference(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("architectures")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var architecture = Golden.Item<Architecture>(golden);
        architecture.Validate();
        var inputs = golden["inputs"]?.AsArray().Select(input => input!).ToArray();
        using var model = Build(architecture, inputs?.Length == 1 ? new Shape(Sizes(inputs[0])) : null);
        Assert.Equal((long)golden["count"]!, model.ParameterCount);
        if (inputs is null)
            return;

        var network = model.Network!;
        Assert.Equal(golden["parameters"]!.AsArray().Select(shape => (string)shape!),
            network.Parameters.Select(parameter => string.Join("x", parameter.Value.shape)));
        Fill(network);
        var batch = inputs.Select((input, i) => Input(input, FirstInput + i, (long)golden["batch"]!)).ToArray();
        using var noGradient = no_grad();
        var training = (bool)golden["training"]!;
        IReadOnlyList<Tensor> outputs = training
            ? network.ForwardAll(batch, new ForwardContext(training: true))
            : [network.Forward(batch, ForwardContext.Inference)];
        Assert.Equal(golden["outputs"]!.AsArray().Count, outputs.Count);
        var weights = network.Parameters.Count(parameter => parameter.Value.dim() > 1);
        foreach (var (expected, actual) in golden["outputs"]!.AsArray().Zip(outputs))
            Check(expected!, actual, Math.Max(Tolerance, TolerancePerLayer * weights));
    }

    /// <remarks>Those of word vectors draw random words; WordVectorTests tests them.</remarks>
    [Fact]
    public void EveryArchitectureHasGoldenValues() => Assert.Equal(["CBOW", "SkipGram"],
        Golden.Missing("architectures", CatalogKind.Architecture).Order(StringComparer.Ordinal));

    /// <summary>
    /// The model without initial values of Dense layers, which take long for large ones and are not used.
    /// </summary>
    private static Model Build(Architecture architecture, Shape? input)
    {
        var inputs = input is null ? architecture.Inputs : NetworkInput.Numbered([input]);
        return new Model(architecture.Layers(inputs[0].Shape).Select(layer => layer is Dense dense
            ? dense with { WeightInitializer = new Untouched() } : layer), inputs);
    }

    private sealed record Untouched : Initializer
    {
        public override void Fill(Tensor tensor, Fan fan, Generator generator)
        {
        }
    }

    private static void Check(JsonNode expected, Tensor actual, double tolerance)
    {
        Assert.Equal(Sizes(expected), actual.shape);
        var all = actual.to_type(ScalarType.Float64).flatten();
        var values = expected["values"]!.AsArray().Select(value => (double)value!).ToArray();
        var step = Math.Max(1, all.numel() / 24);
        var ours = values.Select((_, i) => all[i * step].ToDouble()).ToArray();
        var limit = tolerance * values.Max(Math.Abs);
        foreach (var (i, (wanted, got)) in values.Zip(ours).Index())
            Assert.True(Math.Abs(wanted - got) <= limit, $"number {i * step} is {got}, not {wanted}");
        var norm = (double)expected["norm"]!;
        Assert.InRange(all.norm().ToDouble(), norm * (1 - tolerance), norm * (1 + tolerance));
    }

    private static long[] Sizes(JsonNode golden) => golden["shape"]!.AsArray().Select(size => (long)size!).ToArray();

    private static Tensor Input(JsonNode input, int number, long batch)
    {
        long[] sizes = [batch, .. Sizes(input)];
        var tensor = zeros(sizes);
        var values = Values(tensor);
        var vocabulary = (uint?)input["vocabulary"];
        for (var i = 0; i < values.Length; i++)
            values[i] = vocabulary is { } tokens ? Token(i, tokens) : Uniform(number, i);
        return tensor;

        // Sample n ends with n zeros.
        uint Token(int i, uint tokens) =>
            i % sizes[1] < sizes[1] - i / sizes[1] ? 1 + Hash(number, i) % (tokens - 1) : 0;
    }

    private static void Fill(Network network)
    {
        foreach (var (number, parameter) in network.State.Index())
        {
            var (factor, center) = Rule(parameter);
            if (factor == 0)
                continue;
            using var noGradient = no_grad();
            var values = Values(parameter.Value);
            for (var i = 0; i < values.Length; i++)
                values[i] = center + Uniform(number, i) * factor;
        }
    }

    private static (float Factor, float Center) Rule(Parameter parameter)
    {
        var shape = parameter.Value.shape;
        return parameter.Name.Split('.')[^1] switch
        {
            "running_mean" => (0.1f, 0),
            "running_var" => (0.5f, 1),
            "num_batches_tracked" or "encoding" => (0, 0),
            _ when shape.Length > 1 => ((float)Math.Sqrt(6.0 / (parameter.Size / shape[0])), 0),
            var name when name.Contains("bias") => (0.1f, 0),
            _ => (0.1f, 1),
        };
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private static float Uniform(int tensor, int index) => (Hash(tensor, index) >> 8) * (1f / (1 << 23)) - 1;

    private static uint Hash(int tensor, int index)
    {
        var x = (uint)index * 0x9E3779B1u + (uint)tensor * 0x85EBCA77u;
        x ^= x >> 16;
        x *= 0x85EBCA6Bu;
        x ^= x >> 13;
        x *= 0xC2B2AE35u;
        return x ^ (x >> 16);
    }
}
