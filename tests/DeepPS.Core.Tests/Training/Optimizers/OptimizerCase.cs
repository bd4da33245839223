using System.Globalization;
using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>The golden steps of the elementwise optimizers; other optimizers have their own sets.</summary>
internal static class OptimizerCase
{
    public const int Steps = 20;

    /// <summary>The tolerance between two implementations of a step, relative to the largest number (or 1).</summary>
    private const double Tolerance = 1e-5;

    /// <summary>The cases, by number and description.</summary>
    public static TheoryData<int, string> All
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, golden) in Golden.Load("optimizers").Index())
                if (golden["after"] is not null)
                    data.Add(index, $"{golden["type"]} {golden["settings"]!.ToJsonString()}");
            return data;
        }
    }

    /// <summary>Every elementwise rule, also with settings that use all of its state.</summary>
    public static Dictionary<string, ElementwiseOptimizer> Rules { get; } = CatalogIndex.Get(CatalogKind.Optimizer)
        .Select(entry => entry.Create([])).OfType<ElementwiseOptimizer>()
        .Concat([
            new SGD { Momentum = 0.9, Dampening = 0.2 }, new SGD { Momentum = 0.9, Nesterov = true },
            new RMSProp { Momentum = 0.5 }, new RMSProp { Momentum = 0.5, Centered = true, Epsilon = 1e-3 },
            new Adam { AmsGrad = true }, new AdamW { AmsGrad = true }, new Adagrad { LearningRateDecay = 0.1 },
            new ASGD { AverageFrom = 3, Lambda = 0.1 },
        ])
        .ToDictionary(rule => ItemJson.Write(rule).ToJsonString());

    /// <summary>A case, the parameters before the first step, and their gradients in each step.</summary>
    public static (JsonNode Golden, Tensor[] Parameters, Tensor[][] Gradients) Load(int index, string name)
    {
        var file = Golden.Load("optimizers");
        Assert.StartsWith((string)file[index]!["type"]!, name);
        return (file[index]!, Tensors(file[0]!["parameters"]!),
            file[0]!["gradients"]!.AsArray().Select(row => Tensors(row!)).ToArray());
    }

    /// <summary>The factor on the learning rate of a step.</summary>
    public static double FactorOf(int step) => step <= 10 ? 1 : 0.5;

    /// <summary>Compares parameters after a step with PyTorch's, if the case has them.</summary>
    public static void Compare(JsonNode golden, int step, IEnumerable<Tensor> parameters)
    {
        if (golden["after"]![step.ToString(CultureInfo.InvariantCulture)] is { } after)
            foreach (var (expected, actual) in after.AsArray().Zip(parameters))
                Golden.Equal(expected!, actual, $"step {step}, {string.Join("x", actual.shape)}");
    }

    /// <summary>Takes a case's steps over all of its parameters.</summary>
    public static void CheckSteps(int index, string name, Func<ElementwiseOptimizer, Parameter[], OptimizerStep> begin)
    {
        using var scope = NewDisposeScope();
        var (golden, first, gradients) = Load(index, name);
        var parameters = first.Select((value, i) => new Parameter($"p{i}", value.requires_grad_(true))).ToArray();
        using var steps = begin(Golden.Item<ElementwiseOptimizer>(golden), parameters);
        for (var step = 1; step <= Steps; step++)
        {
            steps.Factor = FactorOf(step);
            foreach (var (parameter, gradient) in parameters.Zip(gradients[step - 1]))
                parameter.Value.grad = gradient;
            steps.Step();
            Compare(golden, step, parameters.Select(parameter => parameter.Value));
            steps.ZeroGradients();
            Assert.All(parameters, parameter => Assert.Null(parameter.Value.grad));
        }
    }

    /// <summary>Compares the results of two implementations of the same steps.</summary>
    public static void Close(Tensor expected, Tensor actual, string what)
    {
        var (wanted, got) = (expected.detach().to(ScalarType.Float64), actual.detach().to(ScalarType.Float64));
        var limit = Tolerance * Math.Max(1, wanted.abs().max().ToDouble());
        var distance = wanted.sub(got).abs().max().ToDouble();
        Assert.True(distance <= limit, $"{what} is off by {distance:g3}, {limit:g3} are allowed");
    }

    private static Tensor[] Tensors(JsonNode golden) =>
        golden.AsArray().Select(value => Golden.Tensor(value!)).ToArray();
}
