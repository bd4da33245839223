using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using TorchSharp;
using static DeepPS.Tests.Compressible;
using static TorchSharp.torch;

namespace DeepPS.Tests;

[Collection("Deterministic")]
public sealed class PruningTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps pruning ").FullName;

    public static TheoryData<string> Optimizers => [.. CatalogIndex.Get(CatalogKind.Optimizer)
        .Where(entry => entry.Create([]) is GradientOptimizer and not WordSGD).Select(entry => entry.Name)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheSmallestWeightsOfEachLayerBecomeZero()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20, Name = "wide" });
        var compressed = ModelCompressor.Compress(model, new Pruning(0.75));
        using var pruned = compressed.Model;
        Assert.Equal([60, 15], Kept(pruned));
        var (before, after) = (Value(model, "wide.weight"), Value(pruned, "wide.weight"));
        var removed = after.eq(0);
        Assert.True(before[removed].abs().max().ToDouble() <= after[removed.logical_not()].abs().min().ToDouble());
        Assert.True(before[removed.logical_not()].equal(after[removed.logical_not()]).all().ToBoolean());
        Assert.Equal(Error(before, after), compressed.Layers[0].WeightError, 1e-5);
        Assert.Equal((80, 4 * 80 + 30), (compressed.Layers[0].After.Parameters, compressed.Layers[0].After.Bytes));
        Assert.True(Value(model, "wide.bias").equal(Value(pruned, "wide.bias")).all().ToBoolean());
    }

    [Fact]
    public void OneThresholdForAllLayersPrunesTheOneOfSmallWeightsMore()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20, Name = "wide" });
        Load(model, "wide.weight", weight => weight.div(100));
        using var pruned = ModelCompressor.Compress(model, new Pruning(0.5, isGlobal: true)).Model;
        var kept = Kept(pruned);
        Assert.Equal(150, kept.Sum());
        Assert.Equal(60, kept[1]);
    }

    /// <summary>Weight decay, momentum and clipping included.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TrainingKeepsPrunedWeightsAtZero(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 8, Name = "wide" },
            new Residual { Body = new(new Dense { Units = 8, Bias = false }) });
        using var pruned = ModelCompressor.Compress(model, new Pruning(0.5)).Model;
        var before = Value(pruned, "wide.weight").clone();
        var own = CatalogIndex.Find(CatalogKind.Optimizer, name).Settings.Select(setting => setting.Name).ToArray();
        var settings = new[] { ("Momentum", 0.9), ("WeightDecay", 0.1) }.Where(setting => own.Contains(setting.Item1))
            .Select(setting => KeyValuePair.Create(setting.Item1, (object?)setting.Item2));
        Train(pruned, 3, CatalogIndex.Create<Optimizer>(name, settings));
        Assert.False(before.equal(Value(pruned, "wide.weight")).all().ToBoolean());
        foreach (var parameter in pruned.Network!.Parameters.Where(parameter => parameter.Shape.Rank > 1))
        {
            Assert.Equal(parameter.Size / 2.0, parameter.Mask!.Value.sum().ToDouble(), 0.5);
            Assert.Equal(0, parameter.Value[parameter.Mask.Value.logical_not()].abs().max().ToDouble());
            Assert.NotEqual(0, parameter.Value.abs().max().ToDouble());
        }
    }

    [Fact]
    public void TheNormalEquationIsRefused()
    {
        using var model = new Model([new Dense { Units = 1 }], seed: 1);
        var data = Sets.Line();
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data).Last();
        using var same = ModelCompressor.Compress(model, new Pruning(0.9)).Model;
        using var pruned = new Model(same.Layers.Select(layer => layer with { Pruned = true }), same.InputShape);
        Assert.Equal("OptimizerUse", Assert.Throws<DlException>(() => new Trainer(pruned,
            new TrainingOptions { Epochs = 1, Optimizer = new NormalEquation() }).Run(data).Last()).Id);
    }

    [Fact]
    public void MasksComeBackFromAFileWithoutTheZeros()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 400, Name = "wide" });
        using var pruned = ModelCompressor.Compress(model, new Pruning(0.9)).Model;
        var path = Path.Combine(folder, "a.dlmodel");
        ModelFile.Save(pruned, path);
        using var loaded = ModelFile.Load(path);
        Assert.Equal(pruned.Layers.Select(layer => layer.Pruned), loaded.Layers.Select(layer => layer.Pruned));
        foreach (var (a, b) in pruned.Network!.State.Zip(loaded.Network!.State))
            Assert.True(a.Name == b.Name && a.Value.equal(b.Value).all().ToBoolean(), a.Name);
        Train(loaded, 2);
        Assert.Equal(Kept(pruned), Kept(loaded));
        Assert.Contains("pruned", loaded.Layers[0].Describe());
    }

    /// <summary>A training that is stopped within an epoch and resumed by another process ends with the same bits.
    /// </summary>
    [Fact]
    public void MasksSurviveACheckpoint()
    {
        using var model = Trained(new Dense { Units = 20, Name = "wide" });
        var path = Path.Combine(folder, "pruned.dlmodel");
        using (var pruned = ModelCompressor.Compress(model, new Pruning(0.8)).Model)
            ModelFile.Save(pruned, path);
        using var whole = Continue(null, null);
        using (Continue(Path.Combine(folder, "checkpoints"), 8))
        {
        }

        using var rest = Continue(Path.Combine(folder, "checkpoints"), null);
        using var scope = NewDisposeScope();
        foreach (var (a, b) in whole.Network!.State.Zip(rest.Network!.State))
            Assert.True(a.Value.equal(b.Value).all().ToBoolean(), a.Name);
        Assert.Equal([48, 12], Kept(rest));
        using var loaded = CheckpointModel.LoadAny(Path.Combine(folder, "checkpoints"));
        Assert.Equal([48, 12], Kept(loaded));
        Assert.Equal(48, loaded.Network!.Parameters[0].Mask!.Value.sum().ToInt64());

        Model Continue(string? checkpoints, int? steps)
        {
            var learner = ModelFile.Load(path);
            using var cancel = new CancellationTokenSource();
            var done = 0;
            foreach (var _ in new Trainer(learner, new TrainingOptions
            {
                Epochs = 3, BatchSize = 32, Seed = 2, Optimizer = new AdamW { WeightDecay = 0.1 }, AverageDecay = 0.9,
            })
            {
                Checkpoints = checkpoints is null ? null : new CheckpointOptions(checkpoints) { Resume = true },
                Callbacks =
                [
                    new ActionCallback { OnStep = _ => { if (++done == steps) cancel.Cancel(); return true; } },
                ],
            }.Run(Compressible.Data, null, null, cancel.Token))
            {
            }

            return learner;
        }
    }

    [Fact]
    public void PruningTwiceKeepsWhatWasRemovedFirst()
    {
        using var scope = NewDisposeScope();
        using var model = Trained(new Dense { Units = 20, Name = "wide" });
        using var once = ModelCompressor.Compress(model, new Pruning(0.5)).Model;
        using var twice = ModelCompressor.Compress(once, new Pruning(0.9)).Model;
        Assert.Equal([24, 6], Kept(twice));
        Assert.True(Value(once, "wide.weight_mask").logical_not().logical_and(Value(twice, "wide.weight_mask"))
            .any().ToBoolean() is false);
        using var thin = ModelCompressor.Compress(once, new LowRankCompression(RankChoice.Of(2)), ["wide"]).Model;
        Assert.Equal([false, true], thin.Layers.Select(layer => layer.Pruned));
    }

    private static long[] Kept(Model model) => model.Network!.Parameters.Where(parameter => parameter.Shape.Rank > 1)
        .Select(parameter => parameter.Value.ne(0).sum().ToInt64()).ToArray();

    private static void Load(Model model, string name, Func<Tensor, Tensor> change)
    {
        using var noGradient = no_grad();
        model.Network!.State.Single(parameter => parameter.Name == name).Load(change(Value(model, name)));
    }
}
