using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Steps of all parameters together, as on CUDA, compared with those of our loop.</summary>
public class OptimizerBatchTests
{
    private const int Steps = 20;
    private const int LayeredCount = 10;

    public static TheoryData<string> Names => new(OptimizerCase.Rules.Keys);

    /// <summary>Layers with their own rates and decays, a frozen one, gradients that are sometimes missing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheStepsAreThoseOfOurLoop(string name)
    {
        using var scope = NewDisposeScope();
        var rule = OptimizerCase.Rules[name];
        using var ours = Layered(rule);
        using var together = Layered(rule);
        using (var steps = rule.Begin(ours.Network!.Parameters))
            Take(steps, ours.Network.Parameters, 1, Steps);
        using (var steps = new ElementwiseStep(rule, together.Network!.Parameters, together: true))
            Take(steps, together.Network.Parameters, 1, Steps);
        using var untouched = Layered(rule);
        Assert.Equal(LayeredCount, untouched.Network!.Parameters.Count);
        foreach (var (before, expected, actual) in untouched.Network.Parameters.Zip(ours.Network.Parameters,
            together.Network.Parameters))
        {
            OptimizerCase.Close(expected.Value, actual.Value, expected.Name);
            Assert.Equal(expected.Frozen, Values(before).SequenceEqual(Values(actual)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStateGoesOnFromEitherWayOfStepping(string name)
    {
        using var scope = NewDisposeScope();
        var rule = OptimizerCase.Rules[name];
        var whole = Resumed(rule, together: true, thenTogether: null);
        Assert.Equal(whole, Resumed(rule, together: true, thenTogether: true));
        var loop = Resumed(rule, together: false, thenTogether: null);
        foreach (var other in new[] { whole, Resumed(rule, true, false), Resumed(rule, false, true) })
            OptimizerCase.Close(tensor(loop), tensor(other), "resumed");
    }

    [Fact]
    public void OneCallTakesAllParametersOfARateAndAStep()
    {
        using var scope = NewDisposeScope();
        var rule = new Counting();
        using var model = Layered(rule);
        var parameters = model.Network!.Parameters.Where(parameter => !parameter.Frozen).ToArray();
        using var steps = new ElementwiseStep(rule, parameters, together: true);
        Gradients(parameters, 1);
        steps.Step();
        Assert.Equal([2, 2, 4], rule.Calls.Order());
        rule.Calls.Clear();
        parameters[^1].Value.grad = null;
        steps.Step();
        Assert.Equal([2, 2, 3], rule.Calls.Order());
        rule.Calls.Clear();
        Gradients(parameters, 3);
        steps.Step();
        Assert.Equal([1, 2, 2, 3], rule.Calls.Order());
    }

    [Fact]
    public void ParametersOfOtherTypesOrBeyondAFullBatchHaveACallOfTheirOwn()
    {
        using var scope = NewDisposeScope();
        var rule = new Counting();
        Parameter Make(long size, ScalarType type = ScalarType.Float32, Device? device = null)
        {
            var parameter = new Parameter("p", zeros(size, type, device).requires_grad_(true));
            parameter.Value.grad = zeros(size, type, device);
            return parameter;
        }

        var other = Make(3, ScalarType.BFloat16);
        Assert.Equal([1, 2], Calls(Make(3, ScalarType.Float64), other, Make(2, ScalarType.Float64)));
        Assert.Equal([1, 2], Calls(Make(3, device: META), Make(3, ScalarType.Float64), Make(2, device: META)));
        var half = 1L << 25;
        Assert.Equal([1, 2], Calls(Make(half, device: META), Make(half, device: META), Make(1, device: META)));

        IEnumerable<int> Calls(params Parameter[] parameters)
        {
            rule.Calls.Clear();
            using var steps = rule.Begin(parameters);
            steps.Step();
            return rule.Calls.Order();
        }
    }

    /// <summary>The parameters after forty steps, with a save after half and a load into either path.</summary>
    private static float[] Resumed(ElementwiseOptimizer rule, bool together, bool? thenTogether)
    {
        Parameter[] parameters =
        [
            new("a", arange(6, ScalarType.Float32).sub(2.5f).requires_grad_(true)),
            new("b", ones(3).requires_grad_(true)),
        ];
        using var file = new MemoryStream();
        using (var steps = new ElementwiseStep(rule, parameters, together))
        {
            Take(steps, parameters, 1, thenTogether is null ? 2 * Steps : Steps);
            steps.Save(file);
        }

        if (thenTogether is { } way)
        {
            file.Position = 0;
            using var steps = new ElementwiseStep(rule, parameters, way);
            steps.Load(file);
            Take(steps, parameters, Steps + 1, 2 * Steps);
        }

        return parameters.SelectMany(Values).ToArray();
    }

    private static Model Layered(ElementwiseOptimizer rule) => new(
    [
        new Dense { Units = 5, LearningRate = 2e-3 },
        new Dense { Units = 3, LearningRate = 0.03, WeightDecay = rule is DecayingOptimizer ? 0.2 : null },
        new Dense { Units = 4, Name = "frozen", Frozen = true }, new Dense { Units = 7 }, new Dense { Units = 2 },
    ], new Shape(3), seed: 3);

    private static void Take(OptimizerStep steps, IReadOnlyList<Parameter> parameters, int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            steps.Factor = 1 - number / 50.0;
            Gradients(parameters, number);
            steps.Step();
        }
    }

    /// <summary>
    /// Gradients that change from step to step. In the layered model some parameters have none in the first step of
    /// four, others in the second: then they are at the same step with different state numbers.
    /// </summary>
    private static void Gradients(IReadOnlyList<Parameter> parameters, int number)
    {
        foreach (var (i, parameter) in parameters.Index())
        {
            var waits = parameters.Count == LayeredCount && i % 3 > 0 && number % 4 == i % 3;
            parameter.Value.grad = parameter.Frozen || waits ? null : linspace(0, 3, parameter.Size)
                .reshape(parameter.Value.shape).add(number + 0.3f * i).mul(number + 2).sin();
        }
    }

    private static float[] Values(Parameter parameter) => parameter.Value.data<float>().ToArray();

    /// <summary>A rule that records the number of parameters of each call.</summary>
    private sealed record Counting : DecayingOptimizer
    {
        public List<int> Calls { get; } = [];

        public override IReadOnlyList<string> StateNames => [];

        public override void Update(Tensor[] parameters, Tensor[] gradients, Tensor[][] state, RuleStep step) =>
            Calls.Add(parameters.Length);

        public override void UpdateFused(Span<float> parameter, ReadOnlySpan<float> gradient, FusedState state,
            RuleStep step) => throw new NotSupportedException();
    }
}
