using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

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
        foreach (var (additions, products) in new[] { (1, 1), (0, 3), (4, 4), (3, 0), (2, 4) })
        {
            var sum = rand(length).sub(0.5f);
            var added = Vectors(additions);
            var others = Vectors(products);
            var factors = Enumerable.Range(1, additions).Select(i => 0.3 * i - 0.7).ToArray();
            var exact = Double(sum);
            var expected = FusedVector.AddAndDot(exact, added.Select(Double).ToArray(), factors,
                others.Select(Double).ToArray());
            var actual = FusedVector.AddAndDot(sum, added, factors, others);
            Assert.Equal(expected, actual.Take(products), (one, other) => Math.Abs(one - other) < 1e-6 * length);
            Assert.True(sum.allclose(exact.to_type(ScalarType.Float32), atol: 1e-6));
        }

        Tensor[] Vectors(int count) => Enumerable.Range(0, count).Select(_ => rand(length).sub(0.5f)).ToArray();

        static Tensor Double(Tensor vector) => vector.to_type(ScalarType.Float64);
    }

    /// <summary>
    /// The recursion over blocks of pairs equals the one over single pairs, also after the oldest were dropped.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(9)]
    public void ADirectionIsBentByEachPair(int pairs)
    {
        const int length = 12;
        using var scope = NewDisposeScope();
        using var memory = new CurvatureMemory(size: 6);
        random.manual_seed(3);
        var kept = new List<(Tensor Change, Tensor Step)>();
        for (var i = 0; i < pairs; i++)
        {
            var step = rand(length, dtype: ScalarType.Float64).sub(0.5);
            var change = step.mul(arange(1, length + 1)).add(step.roll(1), 0.1);
            kept.Add((change.clone(), step.clone()));
            memory.Add(change, step);
        }

        var vector = rand(length, dtype: ScalarType.Float64);
        var expected = Inverse(kept.TakeLast(6).ToArray(), length).mv(vector);
        Assert.True(memory.Bend(vector.clone()).allclose(expected, rtol: 1e-9, atol: 1e-12));

        // H = (I - s y' / ys) H (I - y s' / ys) + s s' / ys, from the oldest pair on.
        static Tensor Inverse((Tensor Change, Tensor Step)[] pairs, int length)
        {
            var (change, step) = pairs[^1];
            var inverse = eye(length, dtype: ScalarType.Float64).mul(change.dot(step).div(change.dot(change)));
            foreach (var (y, s) in pairs)
            {
                var left = eye(length, dtype: ScalarType.Float64).sub(s.outer(y).div(y.dot(s)));
                inverse = left.matmul(inverse).matmul(left.t()).add(s.outer(s).div(y.dot(s)));
            }

            return inverse;
        }
    }

    [Fact]
    public void ItFitsALineInOneEpoch()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        var options = new TrainingOptions
        {
            Epochs = 1, BatchSize = 64, Optimizer = new LBFGS { LineSearch = LineSearch.StrongWolfe },
        };
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
            return new Trainer(model,
                new TrainingOptions { Epochs = 1, BatchSize = 64, Optimizer = optimizer }).Run(Sets.Line()).Last().Loss;
        }
    }

    [Fact]
    public void ALayersOwnRateIsRefused()
    {
        using var model = new Model([new Dense { Units = 1, LearningRate = 0.1 }]);
        var error = Assert.Throws<DlException>(
            () => new Trainer(model, new TrainingOptions { Optimizer = new LBFGS() }).Run(Sets.Line()).ToArray());
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
