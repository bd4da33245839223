using System.Text.Json.Nodes;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class LbfgsTests
{
    public static TheoryData<int, string> Cases => Golden.Names("optimizers_lbfgs");

    [Theory]
    [MemberData(nameof(Cases))]
    public void StepsAreTheOnesOfPyTorch(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("optimizers_lbfgs")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var x = Golden.Tensor(golden["first"]!).to_type(ScalarType.Float64).requires_grad_(true);
        using var steps = Golden.Item<LBFGS>(golden).Begin([new Parameter("x", x)]);
        var compute = Function(golden);
        var evaluations = 0;
        foreach (var after in golden["vectors"]!.AsArray())
        {
            steps.Step(() =>
            {
                evaluations++;
                steps.ZeroGradients();
                var loss = compute(x);
                loss.backward();
                return loss;
            });
            Golden.Equal(after!["x"]!, x.to_type(ScalarType.Float32), $"step {steps.Count}");
            Assert.Equal((int)after["evaluations"]!, evaluations);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(100_003)]
    public void APassThatAddsAndMultipliesIsTorchs(int length)
    {
        using var scope = NewDisposeScope();
        Tensor[] vectors = [rand(length).sub(0.5f), rand(length).sub(0.5f), rand(length).sub(0.5f)];
        foreach (var other in new[] { 2, 1, 0 })
        {
            var doubles = vectors.Select(vector => vector.to_type(ScalarType.Float64)).ToArray();
            var product = FusedVector.AddAndDot(vectors[0], vectors[1], 0.7, vectors[other]);
            Assert.Equal(FusedVector.AddAndDot(doubles[0], doubles[1], 0.7, doubles[other]), product, 1e-6 * length);
            Assert.True(vectors[0].allclose(doubles[0].to_type(ScalarType.Float32), atol: 1e-6));
        }
    }

    [Fact]
    public void ItFitsALineInOneEpoch()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        var options = new TrainingOptions { Epochs = 1, BatchSize = 64, Optimizer = new LBFGS { LineSearch = LineSearch.StrongWolfe } };
        new Trainer(model, options).Run(Sets.Line()).Last();
        Assert.True(Evaluator.Measure(model, Sets.Line()).Loss < 1e-8);
    }

    [Fact]
    public void TheLossOfAnEpochIsThatBeforeItsSteps()
    {
        var before = Loss(new SGD { LearningRate = 0 });
        Assert.Equal(before, Loss(new LBFGS { LineSearch = LineSearch.StrongWolfe }));

        static double Loss(Optimizer optimizer)
        {
            using var model = new Model([new Dense { Units = 1 }], seed: 3);
            return new Trainer(model, new TrainingOptions { Epochs = 1, BatchSize = 64, Optimizer = optimizer }).Run(Sets.Line()).Last().Loss;
        }
    }

    [Fact]
    public void ALayersOwnRateIsRefused()
    {
        using var model = new Model([new Dense { Units = 1, LearningRate = 0.1 }]);
        var error = Assert.Throws<DlException>(() => new Trainer(model, new TrainingOptions { Optimizer = new LBFGS() }).Run(Sets.Line()).ToArray());
        Assert.Equal("OptimizerUse", error.Id);
        Assert.Contains("dense1.weight", error.Message);
    }

    private static Func<Tensor, Tensor> Function(JsonNode golden)
    {
        if ((string)golden["function"]! == "rosenbrock")
            return x =>
            {
                var (head, tail) = (x.narrow(0, 0, x.shape[0] - 1), x.narrow(0, 1, x.shape[0] - 1));
                return tail.sub(head.square()).square().mul(100).add(head.neg().add(1).square()).sum();
            };
        var inputs = Golden.Tensor(golden["inputs"]!).to_type(ScalarType.Float64);
        var signs = Golden.Tensor(golden["signs"]!).to_type(ScalarType.Float64);
        return x => F.softplus(signs.neg().mul(inputs.mv(x))).mean().add(x.mul(x).sum(), 0.05);
    }
}
