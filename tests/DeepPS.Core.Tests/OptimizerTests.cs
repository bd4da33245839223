using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class OptimizerTests
{
    private const int Steps = 20;

    public static TheoryData<int, string> Optimizers => Golden.Names("optimizers", first: 1);

    private delegate void Take(Optimizer optimizer, Tensor parameter, Tensor gradient, Tensor[] state,
        double learningRate, long step);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void StepsByTorchFunctionsAreTheOnesOfPyTorch(int index, string name) => Check(index, name,
        (optimizer, parameter, gradient, state, rate, step) =>
            optimizer.Update(parameter, gradient, state, rate, step));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void FusedStepsAreTheOnesOfPyTorch(int index, string name) => Check(index, name,
        (optimizer, parameter, gradient, state, rate, step) => optimizer.UpdateFused(
            CpuMemory.Floats(parameter), CpuMemory.Floats(gradient), new FusedState(state, ..), rate, step));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void StepsOfANetworksParametersAreTheOnesOfPyTorch(int index, string name)
    {
        using var scope = NewDisposeScope();
        var (golden, first, gradients) = Load(index, name);
        var optimizer = Golden.Item<Optimizer>(golden);
        var parameters = first.Select((value, i) => new Parameter($"p{i}", value.requires_grad_(true))).ToArray();
        using var steps = new OptimizerStep(optimizer, parameters);
        for (var step = 1; step <= Steps; step++)
        {
            steps.LearningRate = Rate(golden, step);
            foreach (var (parameter, gradient) in parameters.Zip(gradients[step - 1]))
                parameter.Value.grad = gradient;
            steps.Step();
            Compare(golden, step, parameters.Select(parameter => parameter.Value));
            steps.ZeroGradients();
            Assert.All(parameters, parameter => Assert.Null(parameter.Value.grad));
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AStepLeavesTheGradientAsItIs(int index, string name)
    {
        using var scope = NewDisposeScope();
        var (golden, first, gradients) = Load(index, name);
        var optimizer = Golden.Item<Optimizer>(golden);
        var before = gradients[0][3].clone();
        var state = optimizer.StateNames.Select(_ => zeros_like(first[3])).ToArray();
        optimizer.Update(first[3], gradients[0][3], state, 0.1, 1);
        optimizer.UpdateFused(CpuMemory.Floats(first[3]), CpuMemory.Floats(gradients[0][3]), new FusedState(state, ..),
            0.1, 2);
        Assert.Equal(before.data<float>().ToArray(), gradients[0][3].data<float>().ToArray());
    }

    [Fact]
    public void EveryOptimizerHasGoldenValues() => Assert.Empty(Golden.Missing("optimizers", CatalogKind.Optimizer));

    /// <summary>
    /// What lies around a parameter in memory is not touched, whatever its length beside the vectors'.
    /// </summary>
    [Fact]
    public void AFusedStepStaysWithinItsParameter()
    {
        using var scope = NewDisposeScope();
        foreach (var length in Enumerable.Range(1, 40))
        {
            var memory = Enumerable.Repeat(1f, length + 64).ToArray();
            var gradient = Enumerable.Repeat(0.5f, length).ToArray();
            var state = new[] { zeros(length), zeros(length) };
            new Adam { LearningRate = 0.1 }.UpdateFused(memory.AsSpan(32, length), gradient, new FusedState(state, ..),
                0.1, 1);
            Assert.All(memory[..32].Concat(memory[(32 + length)..]), value => Assert.Equal(1, value));
            Assert.All(memory[32..(32 + length)], value => Assert.Equal(0.9f, value, 1e-6));
            Assert.All(state[0].data<float>().ToArray(), value => Assert.Equal(0.05f, value, 1e-6));
        }
    }

    [Fact]
    public void StateIsWhatTheSettingsNeed()
    {
        Assert.Empty(new SGD().StateNames);
        Assert.Equal(["momentum_buffer"], new SGD { Momentum = 0.9 }.StateNames);
        Assert.Equal(["exp_avg", "exp_avg_sq"], new AdamW().StateNames);
        Assert.Equal(["square_avg", "momentum_buffer", "grad_avg"],
            new RMSProp { Momentum = 0.9, Centered = true }.StateNames);
    }

    [Fact]
    public void NesterovWantsMomentumWithoutDampening()
    {
        Assert.Equal("InvalidSetting", Assert.Throws<DlException>(() => Catalog.Create<Optimizer>("SGD",
            [new("Nesterov", true)])).Id);
        Assert.Equal("InvalidSetting", Assert.Throws<DlException>(() => Catalog.Create<Optimizer>("SGD",
            [new("Nesterov", true), new("Momentum", 0.9), new("Dampening", 0.1)])).Id);
    }

    private static void Check(int index, string name, Take take)
    {
        using var scope = NewDisposeScope();
        var (golden, parameters, gradients) = Load(index, name);
        var optimizer = Golden.Item<Optimizer>(golden);
        var states = parameters
            .Select(parameter => optimizer.StateNames.Select(_ => zeros_like(parameter)).ToArray()).ToArray();
        Assert.Equal((double)golden["learningRate"]!, optimizer.LearningRate);
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var i in Enumerable.Range(0, parameters.Length))
                take(optimizer, parameters[i], gradients[step - 1][i], states[i], Rate(golden, step), step);
            Compare(golden, step, parameters);
        }
    }

    private static (JsonNode Golden, Tensor[] Parameters, Tensor[][] Gradients) Load(int index, string name)
    {
        var file = Golden.Load("optimizers");
        Assert.StartsWith((string)file[index]!["type"]!, name);
        return (file[index]!, Tensors(file[0]!["parameters"]!),
            file[0]!["gradients"]!.AsArray().Select(row => Tensors(row!)).ToArray());
    }

    private static Tensor[] Tensors(JsonNode golden) =>
        golden.AsArray().Select(value => Golden.Tensor(value!)).ToArray();

    private static double Rate(JsonNode golden, int step) => (double)golden["learningRate"]! / (step <= 10 ? 1 : 2);

    private static void Compare(JsonNode golden, int step, IEnumerable<Tensor> parameters)
    {
        if (golden["after"]![step.ToString(System.Globalization.CultureInfo.InvariantCulture)] is { } after)
            foreach (var (expected, actual) in after.AsArray().Zip(parameters))
                Golden.Equal(expected!, actual, $"step {step}, {string.Join("x", actual.shape)}");
    }

    [Fact]
    public void SeveralThreadsTakeTheStepThatOneTakes()
    {
        Assert.Equal(Stepped(threads: 1), Stepped(threads: 3));

        static float[] Stepped(int threads)
        {
            Threads.Use(new ThreadPlan(1, threads));
            using var model = new Model([new Dense { Units = 401 }], new Shape(700), seed: 2);
            using var step = new OptimizerStep(new Adam(), model.Network!.Parameters);
            for (var i = 0; i < 3; i++)
            {
                foreach (var parameter in model.Network.Parameters)
                    parameter.Value.grad = parameter.Value.detach().mul(i + 1);
                step.Step();
            }

            return model.Network.Parameters[0].Value.data<float>().ToArray();
        }
    }
}
