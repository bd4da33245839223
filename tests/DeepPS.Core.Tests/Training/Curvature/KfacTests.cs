using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class KfacTests
{
    public static TheoryData<int, string> Cases => Golden.Names("optimizers_kfac");

    [Theory]
    [MemberData(nameof(Cases))]
    public void FactorsAndStepsAreThoseOfTheScript(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("optimizers_kfac")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        using var network = GoldenNetwork.Load(golden, golden["first"]!);
        var batch = new Batch([Golden.Tensor(golden["inputs"]!)], Golden.Tensor(golden["targets"]!), null);
        using var player = Play(network, batch, Golden.Item<KFAC>(golden));
        foreach (var after in golden["steps"]!.AsArray())
        {
            Step(player, batch);
            var blocks = ((KfacStep)player.Optimizer).Recorder!.Blocks;
            // The script lists the layers from the input on.
            var ordered = network.Parameters.Where(parameter => blocks.ContainsKey(parameter.Name))
                .Select(parameter => blocks[parameter.Name].Averages).ToArray();
            var what = $"step {player.Optimizer.Count}";
            Compare(after!["A"]!, ordered.Select(pair => pair.A!), what + " A");
            Compare(after["G"]!, ordered.Select(pair => pair.G!), what + " G");
            Compare(after["parameters"]!, network.Parameters.Select(parameter => parameter.Value), what);
        }

        static void Compare(JsonNode expected, IEnumerable<Tensor> actual, string what)
        {
            foreach (var (wanted, got) in expected.AsArray().Zip(actual))
                Golden.Equal(wanted!, got, what, tolerance: 1e-4);
        }
    }

    /// <summary>Drawn targets: the mean of many products is the Gauss-Newton matrix of the outputs, 2 / K I for the
    /// mean square over K numbers, and diag(p) - p p' for classes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientsOfDrawnTargetsHaveTheCurvatureAsCovariance(bool classes)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var one = tensor(new[] { 0.5f, -1f, 0.2f });
        var output = one.expand(40_000, 3).clone().requires_grad_(true);
        var target = classes ? zeros(40_000, ScalarType.Int64) : zeros(40_000, 3);
        SampledLoss.Of(classes ? new CrossEntropy() : new MSELoss(), output, target, generator).backward();
        var gradient = output.grad!;
        var covariance = gradient.t().matmul(gradient).div(40_000);
        var chances = one.softmax(0);
        var expected = classes ? diag(chances).sub(chances.outer(chances)) : eye(3).mul(2.0 / 3);
        Assert.True(covariance.allclose(expected, rtol: 0, atol: 0.02), covariance.ToString(true));
    }

    [Fact]
    public void LayersWithoutFactorsTakeStepsOfAdam()
    {
        Layer[] layers = [new Conv2d { Filters = 2, KernelSize = 3 }, new BatchNorm(), new Flatten(),
            new Dense { Units = 2, WeightNormalization = WeightNormalization.Weight }];
        using var scope = NewDisposeScope();
        using var network = new Network(layers, new Shape(1, 5, 5), 1);
        var batch = new Batch([randn(8, 1, 5, 5)], randn(8, 2), null);
        using var player = Play(network, batch, new KFAC());
        var before = network.Parameters.Select(parameter => parameter.Value.detach().clone()).ToArray();
        Step(player, batch);
        Assert.Equal(["conv2d1.weight"], ((KfacStep)player.Optimizer).Recorder!.Blocks.Keys);
        using var file = new MemoryStream();
        player.Optimizer.Save(file);
        Assert.Contains("batchnorm1.weight.exp_avg_sq", System.Text.Encoding.UTF8.GetString(file.ToArray()));
        foreach (var (parameter, value) in network.Parameters.Zip(before))
            Assert.False(parameter.Value.allclose(value), parameter.Name);
    }

    [Fact]
    public void TheStepOfALinearModelIsShortenedToTheLimit()
    {
        using var scope = NewDisposeScope();
        var batch = new Batch([randn(32, 3)], randn(32, 1).mul(5), null);
        Assert.Equal(1e-3, Change(1e-3), 1e-4);
        Assert.True(Change(0) > 0.1);

        // The mean square of the outputs' change, times the curvature of the loss by an output.
        double Change(double limit)
        {
            using var network = new Network([new Dense { Units = 1 }], new Shape(3), 1);
            using var player = Play(network, batch, new KFAC { LearningRate = 1, KLClip = limit, Damping = 1e-8 });
            var before = network.Forward(batch.Inputs, ForwardContext.Inference).detach();
            var factor = Step(player, batch);
            return network.Forward(batch.Inputs, ForwardContext.Inference).sub(before).square().mean().mul(factor)
                .ToDouble();
        }
    }

    [Fact]
    public void ItIsRefusedWhereItCannotWork()
    {
        Assert.Contains("Huber", Refused(new KFAC(), new Dense { Units = 1 }, loss: new Huber()));
        Assert.Contains("bfloat16", Refused(new KFAC(), new Dense { Units = 1 }, TrainingPrecision.BFloat16));
        Assert.Contains("dense1.weight", Refused(new KFAC(), new Dense { Units = 1, LearningRate = 0.1 }));
        using var model = new Model([new Dense { Units = 1 }]);
        Assert.True(new Trainer(model, new TrainingOptions
        {
            Optimizer = new KFAC { Fisher = FisherTargets.Empirical }, Loss = new Huber(), Epochs = 1,
        }).Run(Sets.Line()).Last().Loss > 0);

        using var teacher = new Model([new Dense { Units = 1 }]);
        new Trainer(teacher, new TrainingOptions { Epochs = 1 }).Run(Sets.Line()).Last();
        var taught = new TrainingOptions { Optimizer = new KFAC(), Distillation = new DistillationOptions() };
        Assert.Equal("OptimizerUse", Assert.Throws<DlException>(() => new Trainer(model, taught)
        {
            Teachers = [teacher],
        }.Run(Sets.Line()).ToArray()).Id);

        static string Refused(Optimizer optimizer, Layer layer,
            TrainingPrecision precision = TrainingPrecision.Float32, Loss? loss = null)
        {
            using var model = new Model([layer]);
            var options = new TrainingOptions { Optimizer = optimizer, Precision = precision, Loss = loss };
            var error = Assert.Throws<DlException>(() => new Trainer(model, options).Run(Sets.Line()).ToArray());
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

    /// <summary>Takes a step; returns the curvature G of the first layer's first output.</summary>
    private static double Step(Player player, Batch batch)
    {
        player.Optimizer.Step(() =>
        {
            player.Optimizer.ZeroGradients();
            var total = player.Objective.Compute(batch).Total;
            total.backward();
            return total;
        });
        return ((KfacStep)player.Optimizer).Recorder!.Blocks.Values.First().Averages.G![0, 0].ToDouble();
    }
}
