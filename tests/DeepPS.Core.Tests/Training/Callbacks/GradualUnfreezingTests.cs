using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

public sealed class GradualUnfreezingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-unfreeze-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheLastLayerBeginsAndOneMoreJoinsAfterEachEpoch()
    {
        using var model = NewModel();
        var before = Weights(model);
        var moved = new List<string>();
        var trainer = new Trainer(model, Options)
        {
            Callbacks =
            [
                new GradualUnfreezing(),
                new ActionCallback
                {
                    OnEpoch = (_, _) =>
                    {
                        moved.Add(string.Join(' ', Weights(model)
                            .Where(now => !now.Value.SequenceEqual(before[now.Key]))
                            .Select(now => now.Key.Split('.')[0]).Distinct()));
                        return true;
                    },
                },
            ],
        };
        trainer.Run(Sets.Line()).Count();
        Assert.Equal(["dense3", "dense2 dense3", "dense1 dense2 dense3", "dense1 dense2 dense3"], moved);
        Assert.All(model.Layers, layer => Assert.False(layer.Frozen));
        Assert.All(model.Network!.Parameters, parameter => Assert.True(parameter.Value.requires_grad));
    }

    [Fact]
    public void GroupsJoinInTheirOrderAndFrozenLayersStayFrozen()
    {
        using var model = NewModel();
        model.Configure((name, layer) => layer with { Frozen = name == "dense2" });
        var before = Weights(model);
        var warnings = new List<string>();
        var groups = new LayerGroup[] { new("dense1", name => name == "dense1"), new("*", _ => true) };
        var trainer = new Trainer(model, Options)
        {
            Callbacks = [new GradualUnfreezing { EpochsPerGroup = 4, Groups = groups }],
            Warn = warnings.Add,
        };
        trainer.Run(Sets.Line()).Count();
        var same = Weights(model).Where(now => now.Value.SequenceEqual(before[now.Key])).Select(now => now.Key);
        Assert.Equal(["dense2.bias", "dense2.weight", "dense3.bias", "dense3.weight"], same.Order());
        Assert.Contains("1 of 2 groups", Assert.Single(warnings));
        Assert.Equal(["dense2"], model.Network!.Nodes.Where(node => node.Layer.Frozen).Select(node => node.Name));
    }

    [Fact]
    public void AGroupWithoutALayerIsAnError()
    {
        using var model = NewModel();
        var trainer = new Trainer(model, Options)
        {
            Callbacks = [new GradualUnfreezing { Groups = [new LayerGroup("conv*", _ => false)] }],
        };
        var error = Assert.Throws<DlException>(() => trainer.Run(Sets.Line()).Count());
        Assert.Equal("LayerNotFound", error.Id);
        Assert.Contains("'conv*'", error.Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void AnInterruptedTrainingEndsWithTheSameWeights(int steps)
    {
        using var whole = NewModel();
        Train(whole, stopAfter: null, checkpoints: null);
        using var first = NewModel();
        Train(first, steps, new CheckpointOptions(folder));
        using var second = NewModel();
        Train(second, null, new CheckpointOptions(folder) { Resume = true });
        var (expected, found) = (Weights(whole), Weights(second));
        Assert.All(expected, pair => Assert.Equal(pair.Value, found[pair.Key]));
        Assert.Equal(4, second.History.Count);

        static void Train(Model model, int? stopAfter, CheckpointOptions? checkpoints) => new Trainer(model, Options)
        {
            Checkpoints = checkpoints,
            Callbacks =
            [
                new GradualUnfreezing(),
                new ActionCallback { OnStep = session => session.TotalSteps != stopAfter || Preempt(session) },
            ],
        }.Run(Sets.Line()).Count();

        static bool Preempt(TrainingSession session)
        {
            session.Stop(TrainingEnd.Preempted, "of the test");
            return true;
        }
    }

    /// <summary>With SGD the first step of a layer is its rate times its gradient.</summary>
    [Fact]
    public void LayersBeforeTheLastLearnAtDecayedRates()
    {
        var (plain, decayed) = (Moves(null), Moves(0.25));
        Assert.All(plain, pair => Assert.True(pair.Value.Max(Math.Abs) > 1e-6));
        foreach (var (name, factor) in new[] { ("dense3", 1.0), ("dense2", 0.25), ("dense1", 0.0625) })
            Assert.All(plain[$"{name}.weight"].Zip(decayed[$"{name}.weight"]),
                move => Assert.Equal(move.First * factor, move.Second, 1e-6));

        static Dictionary<string, double[]> Moves(double? decay)
        {
            using var model = NewModel();
            var before = Weights(model);
            var options = Options with
            {
                Optimizer = new SGD { LearningRate = 0.5 },
                LayerDecay = decay,
                BatchSize = 64,
                Epochs = 1,
            };
            new Trainer(model, options).Run(Sets.Line()).Count();
            return Weights(model).ToDictionary(pair => pair.Key,
                pair => pair.Value.Zip(before[pair.Key], (now, was) => (double)now - was).ToArray());
        }
    }

    [Fact]
    public void ALayersOwnRateIsKeptAndOtherOptimizersRefuse()
    {
        using var model = new Model([
            new Dense { Units = 4, LearningRate = 0 }, new Dense { Units = 3 }, new Dense { Units = 1 }], new Shape(1));
        var before = Weights(model);
        new Trainer(model, Options with { LayerDecay = 0.5 }).Run(Sets.Line()).Count();
        Assert.Equal(before["dense1.weight"], Weights(model)["dense1.weight"]);
        Assert.NotEqual(before["dense2.weight"], Weights(model)["dense2.weight"]);
        var refused = new Trainer(model, Options with { LayerDecay = 0.5, Optimizer = new LBFGS() });
        Assert.Equal("OptimizerUse", Assert.Throws<DlException>(() => refused.Run(Sets.Line()).Count()).Id);
    }

    private static TrainingOptions Options => new() { Epochs = 4, BatchSize = 16, Seed = 1 };

    private static Model NewModel() => new([
        new Dense { Units = 4, Activation = new Tanh() }, new Dense { Units = 3, Activation = new Tanh() },
        new Dense { Units = 1 }], new Shape(1), seed: 3);

    private static Dictionary<string, float[]> Weights(Model model) => model.Network!.State.ToDictionary(
        parameter => parameter.Name, parameter => parameter.Value.detach().data<float>().ToArray());
}
