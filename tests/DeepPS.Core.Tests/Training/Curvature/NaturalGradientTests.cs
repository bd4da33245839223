using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class NaturalGradientTests
{
    public static TheoryData<int, string> Cases => Golden.Names("optimizers_natural");

    /// <summary>The expected steps solve with the dense matrix. Also with a batch in two parts.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void StepsAreThoseOfTheDenseMatrix(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("optimizers_natural")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        using var network = GoldenNetwork.Load(golden, golden["first"]!);
        var batch = new Batch([Golden.Tensor(golden["inputs"]!)], Golden.Tensor(golden["targets"]!), null);
        using var player = Play(network, batch, Golden.Item<NaturalGradient>(golden));
        foreach (var (i, after) in golden["steps"]!.AsArray().Index())
        {
            Step(player, i % 2 == 0 ? [batch] : [batch.Part(0, 5), batch.Part(5, 7)]);
            foreach (var (expected, parameter) in after!.AsArray().Zip(network.Parameters))
                Golden.Equal(expected!, parameter.Value, $"step {i + 1} {parameter.Name}", tolerance: 1e-4);
        }
    }

    [Fact]
    public void ASystemIsSolvedInAsManyIterationsAsItHasRows()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var root = randn(6, 6, ScalarType.Float64);
        var matrix = root.matmul(root.t()).add(eye(6, dtype: ScalarType.Float64));
        var target = randn(6, ScalarType.Float64);
        var (solution, iterations) = ConjugateGradient.Solve(matrix.mv, target, 50, 1e-10);
        Assert.InRange(iterations, 1, 7);
        Assert.True(matrix.mv(solution).allclose(target, rtol: 1e-8, atol: 1e-8));
        Assert.Equal(2, ConjugateGradient.Solve(matrix.mv, target, 2, 0).Iterations);
    }

    /// <summary>The loss of a line is a quadratic function, whose minimum one step reaches.</summary>
    [Fact]
    public void OneStepFitsALine()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        var options = new TrainingOptions
        {
            Epochs = 1, BatchSize = 64, Optimizer = new NaturalGradient { KLClip = 0, Damping = 1e-9 },
        };
        new Trainer(model, options).Run(Sets.Line()).Last();
        Assert.True(Evaluator.Measure(model, Sets.Line()).Loss < 1e-8);
    }

    [Fact]
    public void RunningMeansMoveOnceInAStep()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var batch = new Batch([randn(16, 3)], randn(16, 1), null);
        Assert.Equal(Mean(new SGD(), [batch]), Mean(new NaturalGradient(), [batch]));
        Batch[] parts = [batch.Part(0, 8), batch.Part(8, 8)];
        Assert.Equal(Mean(new SGD(), parts), Mean(new NaturalGradient(), parts));

        static float[] Mean(GradientOptimizer rule, Batch[] batches)
        {
            using var network = new Network([new BatchNorm(), new Dense { Units = 1 }], new Shape(3), 1);
            using var player = Play(network, batches[0], rule);
            Step(player, batches);
            return network.Buffers[0].Value.data<float>().ToArray();
        }
    }

    [Fact]
    public void ItIsRefusedWhereItCannotWork()
    {
        Assert.Contains("Huber", Refused(new TrainingOptions { Loss = new Huber() }));
        Assert.Contains("adversary", Refused(new TrainingOptions { Adversarial = new Fgsm() }));

        static string Refused(TrainingOptions options)
        {
            using var model = new Model([new Dense { Units = 1 }]);
            var error = Assert.Throws<DlException>(() => new Trainer(model,
                options with { Optimizer = new NaturalGradient() }).Run(Sets.Line()).ToArray());
            Assert.Equal("OptimizerUse", error.Id);
            return error.Message;
        }
    }

    private static Player Play(Network network, Batch batch, GradientOptimizer rule)
    {
        Loss loss = batch.Targets!.is_floating_point() ? new MSELoss() : new CrossEntropy();
        var context = new ForwardContext(training: true);
        return rule.Play(new SupervisedObjective(network, loss, context), context);
    }

    private static void Step(Player player, Batch[] batches) => player.Optimizer.Step(() =>
    {
        player.Optimizer.ZeroGradients();
        foreach (var batch in batches)
            player.Objective.Compute(batch).Total.mul((double)batch.Count / batches.Sum(one => one.Count)).backward();
        return zeros(1);
    });
}
