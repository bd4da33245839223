using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class OptimizerTests
{
    public static TheoryData<int, string> Optimizers => OptimizerCase.All;

    private delegate void Take(ElementwiseOptimizer optimizer, Tensor parameter, Tensor gradient, Tensor[] state,
        RuleStep step);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void StepsByTorchFunctionsAreTheOnesOfPyTorch(int index, string name) => Check(index, name,
        (optimizer, parameter, gradient, state, step) => optimizer.Update([parameter], [gradient], Alone(state), step));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void FusedStepsAreTheOnesOfPyTorch(int index, string name) => Check(index, name,
        (optimizer, parameter, gradient, state, step) => optimizer.UpdateFused(
            CpuMemory.Floats(parameter), CpuMemory.Floats(gradient), new FusedState(state, ..), step));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void StepsOfANetworksParametersAreTheOnesOfPyTorch(int index, string name) =>
        OptimizerCase.CheckSteps(index, name, (optimizer, parameters) => optimizer.Begin(parameters));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void StepsOfAllParametersTogetherAreTheOnesOfPyTorch(int index, string name) =>
        OptimizerCase.CheckSteps(index, name,
            (optimizer, parameters) => new ElementwiseStep(optimizer, parameters, together: true));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void AStepLeavesTheGradientAsItIs(int index, string name)
    {
        using var scope = NewDisposeScope();
        var (golden, first, gradients) = OptimizerCase.Load(index, name);
        var optimizer = Golden.Item<ElementwiseOptimizer>(golden);
        var before = gradients[0][3].clone();
        var (state, memory) = Begin(optimizer, first[3]);
        optimizer.Update([first[3]], [gradients[0][3]], Alone(state), new RuleStep(0.1, 1, memory));
        optimizer.UpdateFused(CpuMemory.Floats(first[3]), CpuMemory.Floats(gradients[0][3]), new FusedState(state, ..),
            new RuleStep(0.1, 2, memory));
        Assert.Equal(before.data<float>().ToArray(), gradients[0][3].data<float>().ToArray());
    }

    /// <remarks>WordVectorTests compares WordSGD with steps along autograd's gradients.</remarks>
    [Fact]
    public void EveryOptimizerHasGoldenValues() =>
        Assert.Equal(["WordSGD"], Golden.Missing("optimizers", CatalogKind.Optimizer));

    /// <summary>
    /// Memory around a parameter is not changed, whatever the parameter's length.
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
                new RuleStep(0.1, 1, []));
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

    [Theory]
    [InlineData("Adam", "Beta1", 1)]
    [InlineData("NAdam", "Beta1", 1)]
    [InlineData("RAdam", "Beta2", 1)]
    [InlineData("Rprop", "MaximumStep", 1e-7)]
    [InlineData("Rprop", "EtaPlus", 0.9)]
    [InlineData("LBFGS", "HistorySize", 0)]
    public void SettingsThatCannotWorkAreRefused(string optimizer, string setting, double value)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Optimizer>(optimizer, [new(setting, value)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    /// <summary>As in PyTorch, each parameter has its own step count.</summary>
    [Fact]
    public void AParameterWithoutAGradientWaits()
    {
        using var scope = NewDisposeScope();
        var (early, late) = (new Parameter("early", ones(3)), new Parameter("late", ones(3)));
        using var steps = new Adam { LearningRate = 0.1 }.Begin([early, late]);
        early.Value.grad = full(3, 0.5f);
        steps.Step();
        Assert.Equal([1f, 1f, 1f], late.Value.data<float>().ToArray());
        steps.ZeroGradients();
        late.Value.grad = full(3, 0.5f);
        steps.Step();
        Assert.Equal(early.Value.data<float>().ToArray(), late.Value.data<float>().ToArray());
        Assert.NotEqual(1f, late.Value[0].ToSingle());
    }

    [Fact]
    public void ALayersOwnRateAndDecayReplaceTheOptimizers()
    {
        var own = Stepped(new Dense { Units = 2, LearningRate = 0.5, WeightDecay = 0.2 },
            new SGD { LearningRate = 0.1 });
        Assert.Equal(Stepped(new Dense { Units = 2 }, new SGD { LearningRate = 0.5, WeightDecay = 0.2 }), own);
        Assert.NotEqual(Stepped(new Dense { Units = 2 }, new SGD { LearningRate = 0.1 }), own);
        Assert.Equal("OptimizerUse",
            Assert.Throws<DlException>(() => Stepped(new Dense { Units = 2, WeightDecay = 0.2 }, new Rprop())).Id);

        static float[] Stepped(Layer layer, GradientOptimizer optimizer)
        {
            using var model = new Model([layer], new Shape(3), seed: 4);
            var weight = model.Network!.Parameters[0].Value;
            using var steps = optimizer.Begin(model.Network.Parameters);
            steps.Factor = 0.5;
            weight.grad = ones_like(weight.detach());
            steps.Step();
            return weight.data<float>().ToArray();
        }
    }

    [Fact]
    public void NesterovWantsMomentumWithoutDampening()
    {
        Assert.Equal("InvalidSetting", Assert.Throws<DlException>(() => CatalogIndex.Create<Optimizer>("SGD",
            [new("Nesterov", true)])).Id);
        Assert.Equal("InvalidSetting", Assert.Throws<DlException>(() => CatalogIndex.Create<Optimizer>("SGD",
            [new("Nesterov", true), new("Momentum", 0.9), new("Dampening", 0.1)])).Id);
    }

    private static void Check(int index, string name, Take take)
    {
        using var scope = NewDisposeScope();
        var (golden, parameters, gradients) = OptimizerCase.Load(index, name);
        var optimizer = Golden.Item<ElementwiseOptimizer>(golden);
        var states = parameters.Select(parameter => Begin(optimizer, parameter)).ToArray();
        Assert.Equal((double)golden["learningRate"]!, optimizer.LearningRate);
        for (var number = 1; number <= OptimizerCase.Steps; number++)
        {
            foreach (var i in Enumerable.Range(0, parameters.Length))
            {
                var rate = optimizer.LearningRate * OptimizerCase.FactorOf(number);
                var step = new RuleStep(rate, number, states[i].Memory);
                take(optimizer, parameters[i], gradients[number - 1][i], states[i].State, step);
                optimizer.Remember(step);
            }

            OptimizerCase.Compare(golden, number, parameters);
        }

        foreach (var (kept, values) in golden["state"]?.AsObject() ?? [])
            foreach (var (expected, state) in values!.AsArray().Zip(states))
                Golden.Equal(expected!, state.State[optimizer.StateNames.ToList().IndexOf(kept)], kept);
    }

    private static (Tensor[] State, double[] Memory) Begin(ElementwiseOptimizer optimizer, Tensor parameter) =>
        (optimizer.StateNames.Select((_, i) => full_like(parameter, optimizer.Initial(i, optimizer.LearningRate)))
            .ToArray(),
            new double[optimizer.MemoryNames.Count]);

    /// <summary>The state of one parameter in the form for a batch.</summary>
    private static Tensor[][] Alone(Tensor[] state) => state.Select(tensor => new[] { tensor }).ToArray();

    [Fact]
    public void SeveralThreadsTakeTheStepThatOneTakes()
    {
        Assert.Equal(Stepped(threads: 1), Stepped(threads: 3));

        static float[] Stepped(int threads)
        {
            Threads.Use(threads);
            using var model = new Model([new Dense { Units = 401 }], new Shape(700), seed: 2);
            using var step = new Adam().Begin(model.Network!.Parameters);
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
