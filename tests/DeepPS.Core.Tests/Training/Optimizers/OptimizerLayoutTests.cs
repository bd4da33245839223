using System.Runtime.InteropServices;
using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Steps of parameters that our loop does not support: other layouts, types and devices.</summary>
public class OptimizerLayoutTests
{
    public static TheoryData<string> Names => new(OptimizerCase.Rules.Keys);

    /// <summary>Gradients and parameters that are not contiguous, and sparse gradients.</summary>
    [Theory]
    [InlineData("Adam")]
    [InlineData("SGD")]
    [InlineData("Rprop")]
    public void TheLayoutInMemoryDoesNotMatter(string optimizer)
    {
        using var scope = NewDisposeScope();
        var rule = CatalogIndex.Create<ElementwiseOptimizer>(optimizer);
        var first = arange(12, ScalarType.Float32).reshape(3, 4).sub(5.5f);
        var gradient = first.cos();
        var expected = Stepped(first.clone(), gradient);
        OptimizerCase.Close(expected, Stepped(first.clone(), gradient.t().contiguous().t()), "a turned gradient");
        OptimizerCase.Close(expected, Stepped(first.clone(), gradient.to_sparse()), "a sparse gradient");
        OptimizerCase.Close(expected, Stepped(first.t().contiguous().t(), gradient), "a turned parameter");
        var gaps = zeros(6, 8).slice(0, 0, 6, 2).slice(1, 0, 8, 2).copy_(first);
        OptimizerCase.Close(expected, Stepped(gaps, gradient), "a parameter with gaps");

        Tensor Stepped(Tensor value, Tensor slope)
        {
            var parameter = new Parameter("p", value.requires_grad_(true));
            using var steps = rule.Begin([parameter]);
            for (var step = 0; step < 3; step++)
            {
                parameter.Value.grad = slope;
                steps.Step();
            }

            return parameter.Value;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ParametersOfSeveralTypesTakeTheirSteps(string name)
    {
        using var scope = NewDisposeScope();
        var rule = OptimizerCase.Rules[name];
        Parameter Make(ScalarType type) => new($"{type}", linspace(-2, 3, 9).to(type).requires_grad_(true));
        Parameter[] parameters = [Make(ScalarType.Float64), Make(ScalarType.Float32), Make(ScalarType.BFloat16)];
        using var steps = rule.Begin(parameters);
        for (var number = 1; number <= 3; number++)
        {
            foreach (var parameter in parameters)
                parameter.Value.grad = linspace(0, 3, 9).add(number).sin().to(parameter.Value.dtype);
            steps.Step();
        }

        OptimizerCase.Close(parameters[0].Value, parameters[1].Value, "float32");
        Assert.Equal(ScalarType.BFloat16, parameters[2].Value.dtype);
        Assert.True(parameters[2].Value.sub(parameters[0].Value).abs().max().ToDouble() < 0.05);
    }

    /// <summary>Torch's meta device, which has no memory, stands for one that is not the CPU.</summary>
    [Fact]
    public void TheDeviceDecidesWhoTakesTheStep()
    {
        using var scope = NewDisposeScope();
        var (here, elsewhere) = (zeros(3), zeros(3, device: META));
        Assert.True(ElementwiseStep.Loops(here, here));
        Assert.False(ElementwiseStep.Loops(elsewhere, elsewhere));
        Assert.False(ElementwiseStep.Loops(here, here.to_sparse()));
        Assert.False(ElementwiseStep.Loops(here.to(ScalarType.Float64), here));
    }

    /// <summary>
    /// A step that read a number back from the device would fail on one that has no memory. That one lacks the fused
    /// operators and abs, so the rules with those cannot step there.
    /// </summary>
    [Theory]
    [InlineData("Adadelta")]
    [InlineData("Adagrad")]
    [InlineData("ASGD")]
    [InlineData("Lion")]
    [InlineData("NAdam")]
    [InlineData("RAdam")]
    [InlineData("RMSProp")]
    public void NoStepWaitsForTheDevice(string optimizer)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter("p", zeros(3, device: META).requires_grad_(true));
        parameter.Value.grad = zeros(3, device: META);
        using var steps = CatalogIndex.Create<ElementwiseOptimizer>(optimizer).Begin([parameter]);
        steps.Step();
        Assert.Throws<ExternalException>(() => parameter.Value.sum().ToSingle());
    }
}
