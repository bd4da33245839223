using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Each layer gives nearly the same results in bfloat16 and in mixed precision as in float32.</summary>
public class PrecisionLayerTests
{
    /// <summary>With 8 significant bits, rounding errors are up to 0.4%; several of them add up in a layer.</summary>
    private const double Tolerance = 0.04;

    public static TheoryData<int, string, TrainingPrecision> Layers
    {
        get
        {
            var data = new TheoryData<int, string, TrainingPrecision>();
            foreach (var (index, golden) in Golden.Load("layers").Index())
            {
                data.Add(index, $"{golden["type"]} {golden["settings"]!.ToJsonString()}", TrainingPrecision.BFloat16);
                data.Add(index, $"{golden["type"]} {golden["settings"]!.ToJsonString()}", TrainingPrecision.Mixed);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerGivesWhatItGivesInFloat32(int index, string name, TrainingPrecision precision)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("layers")[index];
        var inputs = golden["inputs"]!.AsArray().Select(input => Golden.Tensor(input!)).ToArray();
        var (exact, exactGradients) = Run(TrainingPrecision.Float32);
        var (output, gradients) = Run(precision);
        Assert.True(Near(exact, output), $"{name}: the output is {output}, in float32 {exact}");
        foreach (var (expected, gradient) in exactGradients.Zip(gradients))
            Assert.Equal(ScalarType.Float32, gradient.dtype);
        Assert.True(Cosine(exactGradients, gradients) > 0.98, $"{name}: the gradients have another direction");

        (Tensor Output, Tensor[] Gradients) Run(TrainingPrecision precision)
        {
            var shapes = inputs.Select(input => new Shape(input.shape.Skip(1))).ToArray();
            using var layer = new LayerCase(Golden.Item<Layer>(golden), shapes, seed: 1);
            var training = golden["training"]!.GetValue<bool>();
            var output = layer.Forward(inputs, new ForwardContext(training, new Generator(2), precision));
            if (layer.Parameters.Count == 0)
                return (output.to(ScalarType.Float64), []);
            output.to(ScalarType.Float32).mul(linspace(0.5, 1.5, output.numel()).view(output.shape)).sum().backward();
            var gradients = layer.Parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>().ToArray();
            return (output.detach().to(ScalarType.Float64), gradients);
        }
    }

    [Theory]
    [InlineData("Dense", "4", ScalarType.BFloat16, ScalarType.BFloat16)]
    [InlineData("Conv2d", "2x5x5", ScalarType.BFloat16, ScalarType.BFloat16)]
    [InlineData("MultiHeadAttention", "3x4", ScalarType.BFloat16, ScalarType.BFloat16)]
    [InlineData("LayerNorm", "4", ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData("GroupNorm", "4", ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData("Softmax", "4", ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData("PositionalEncoding", "3x4", ScalarType.BFloat16, ScalarType.Float32)]
    [InlineData("LSTM", "3x4", ScalarType.Float32, ScalarType.Float32)]
    [InlineData("LocalResponseNorm", "2x3x3", ScalarType.Float32, ScalarType.Float32)]
    [InlineData("ReLU", "4", ScalarType.Float32, ScalarType.Float32)]
    public void ALayerComputesInTheNumbersOfItsKind(string name, string shape, ScalarType wholly, ScalarType mixed)
    {
        using var scope = NewDisposeScope();
        var sample = Shape.FromSetting(shape);
        using var layer = new LayerCase(LayerCase.Make(name), sample);
        var input = rand(sample.WithBatch(2));
        ScalarType Type(TrainingPrecision precision) =>
            layer.Forward([input], new ForwardContext(true, null, precision)).dtype;
        Assert.Equal(ScalarType.Float32, Type(TrainingPrecision.Float32));
        Assert.Equal(wholly, Type(TrainingPrecision.BFloat16));
        Assert.Equal(mixed, Type(TrainingPrecision.Mixed));
    }

    private static bool Near(Tensor expected, Tensor actual) =>
        actual.sub(expected).abs().max().ToDouble() <= Tolerance * Math.Max(1, expected.abs().max().ToDouble());

    /// <summary>
    /// The cosine of the angle between two lists of gradients, each as one vector; 1 if there are none.
    /// </summary>
    private static double Cosine(Tensor[] left, Tensor[] right)
    {
        Assert.Equal(left.Length, right.Length);
        if (left.Length == 0)
            return 1;
        var a = cat(left.Select(part => part.flatten()).ToArray());
        var b = cat(right.Select(part => part.flatten()).ToArray());
        var lengths = a.norm().ToDouble() * b.norm().ToDouble();
        return lengths == 0 ? 1 : a.dot(b).ToDouble() / lengths;
    }
}
