using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Trainings whose validation loss or parameters become NaN or infinite while the training loss is still finite.
/// </summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-divergence-{Guid.NewGuid():N}");
    private readonly List<string> warnings = [];

    /// <summary>
    /// With one step in an epoch, validation sees a bad step before the training loss does.
    /// </summary>
    private static readonly Dataset Steep = new("steep", [
        new NumberColumn("x", Enumerable.Range(0, 256).Select(i => i / 64.0).ToArray()),
        new NumberColumn("y", Enumerable.Range(0, 256).Select(i => Math.Sin(i / 20.0)).ToArray())], "y");

    private static readonly TrainingOptions Fast = new()
    {
        Optimizer = new SGD { LearningRate = 60 }, BatchSize = 256,
        Epochs = 60, Seed = 1
    };

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static Model Line() => new([new Dense { Units = 1 }], seed: 3);

    private static float[] Weights(Model model) =>
        model.Network!.State.SelectMany(p => p.Value.detach().data<float>().ToArray()).ToArray();

    private Trainer NewTrainer(Model model, TrainingOptions options, params TrainingCallback[] callbacks) =>
        new(model, options) { Warn = warnings.Add, Callbacks = callbacks };

    [Fact]
    public void AValidationThatIsNoNumberStopsWithTheParametersOfBefore()
    {
        using var model = Line();
        float[] before = [];
        var keep = new ActionCallback
        {
            OnBegin = _ => before = Weights(model),
            OnEpoch = (_, _) => { before = Weights(model); return true; }
        };
        var trainer = NewTrainer(model, Fast, keep);
        var error = Assert.ThrowsAny<DlException>(() => trainer.Run(Steep, Steep).Count());
        Assert.Equal(("LossNotFinite", DlErrorKind.NumericFailure), (error.Id, error.Kind));
        Assert.StartsWith("The validation loss became ", error.Message);
        Assert.Contains($"in epoch {model.History.Count + 1}, after its last batch", error.Message);
        Assert.InRange(model.History.Count, 2, 30);
        Assert.Equal(before, Weights(model));
        Assert.True(double.IsFinite(Evaluator.Measure(model, Steep).Loss));
        Assert.Equal(TrainingEnd.Failed, trainer.End);
    }

    [Fact]
    public void AValidationThatIsNoNumberIsRecoveredFrom()
    {
        using var model = Line();
        var trainer = NewTrainer(model, Fast with { OnDivergence = Divergence.Recover });
        var records = trainer.Run(Steep, Steep).ToArray();
        Assert.NotEmpty(warnings);
        Assert.All(warnings,
            warning => Assert.Matches("^The validation loss became .* in epoch .*learning rate times", warning));
        Assert.Equal(Enumerable.Range(1, 60), records.Select(record => record.Epoch));
        Assert.All(records,
            record => Assert.True(double.IsFinite(record.Loss) && double.IsFinite(record.ValidationLoss!.Value)));
        Assert.Equal(60 * Math.Pow(0.5, warnings.Count), records[^1].LearningRate);
        Assert.True(records[^1].ValidationLoss < records.Max(record => record.ValidationLoss) / 1000);
        // A repeated epoch counts once.
        Assert.Equal((1, 60L), (trainer.Progress.Fraction, trainer.Progress.Step));
    }

    [Fact]
    public void AValidationThatNoLearningRateHelpsSaysSo()
    {
        var far = new Dataset("far", [new NumberColumn("x", [1e30, 2e30]), new NumberColumn("y", [1.0, 2])], "y");
        using var model = Line();
        model.Bind(new Shape(1));
        var before = Weights(model);
        var error = Assert.ThrowsAny<DlException>(() =>
            NewTrainer(model, Fast with
            {
                Optimizer = new SGD { LearningRate = 0.1 },
                OnDivergence = Divergence.Recover
            }).Run(Steep, far).Count());
        Assert.Equal("ValidationNotFinite", error.Id);
        Assert.Contains("parameters from before the epoch either", error.Message);
        Assert.Equal(before, Weights(model));
        Assert.Empty(warnings);
    }

    [Fact]
    public void ParametersThatAreNoNumbersAreSeenThoughTheLossIsOne()
    {
        var options = Fast with { Epochs = 2, Schedule = new Jump(1) };
        using var model = Line();
        var error = Assert.ThrowsAny<DlException>(() => NewTrainer(model, options).Run(Steep).Count());
        Assert.Equal("WeightsNotFinite", error.Id);
        Assert.Contains("'dense1.weight'", error.Message);
        Assert.Contains("epoch 2", error.Message);
        Assert.Single(model.History);
        Assert.All(Weights(model), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    public void ParametersThatAreNoNumbersAreRecoveredFromWithTheAverage(string optimizer)
    {
        var rule = (GradientOptimizer)CatalogIndex.Create(CatalogKind.Optimizer, optimizer) with { LearningRate = 0.1 };
        // The last of the three steps of epoch 3, then a step within epoch 4.
        var options = Fast with
        {
            Optimizer = rule,
            BatchSize = 100,
            Epochs = 6,
            AverageDecay = 0.5,
            OnDivergence = Divergence.Recover,
            Schedule = new Jump(8, 10),
        };
        using var model = Line();
        var trainer = NewTrainer(model, options);
        var records = trainer.Run(Steep, Steep).ToArray();
        Assert.Equal(2, warnings.Count);
        Assert.Contains("'dense1.weight' became NaN or infinite in the last steps of epoch 3", warnings[0]);
        Assert.Equal(6, records.Length);
        Assert.All(records, record => Assert.True(double.IsFinite(record.ValidationLoss!.Value)));
        Assert.Equal(0.025, records[^1].LearningRate);
        Assert.InRange(records[^1].ValidationLoss!.Value, 0, 2);
        Assert.Equal(1, trainer.Progress.Fraction);
    }

    /// <summary>Within an epoch, a checkpoint has the parameters of the last good epoch.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(14)]
    public void ATrainingThatRecoversGoesOnFromCheckpoints(int steps)
    {
        var options = Fast with
        {
            BatchSize = 128,
            Epochs = 30,
            OnDivergence = Divergence.Recover,
            AverageDecay = 0.3,
            Optimizer = new SGD { LearningRate = 60, Momentum = 0.5 }
        };
        using var whole = Line();
        NewTrainer(whole, options).Run(Steep, Steep).Count();
        Assert.NotEmpty(warnings);
        using var cancel = new CancellationTokenSource();
        var stop = new ActionCallback
        {
            OnStep = session =>
            { if (session.TotalSteps == steps) cancel.Cancel(); return true; }
        };
        var checkpoints = new CheckpointOptions(folder) { Resume = true };
        using var first = Line();
        new Trainer(first, options) { Callbacks = [stop], Checkpoints = checkpoints }.Run(Steep, Steep,
            cancel: cancel.Token).Count();
        Assert.True(first.History.Count < 30);
        using var rest = Line();
        new Trainer(rest, options) { Checkpoints = checkpoints }.Run(Steep, Steep).Count();
        Assert.Equal(Weights(whole), Weights(rest));
        Assert.Equal(whole.History.Select(record => record.ValidationLoss),
            rest.History.Select(record => record.ValidationLoss));
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("Rprop")]
    [InlineData("LBFGS")]
    public void AnOptimizerThatBeginsAnewIsAsANewOne(string name)
    {
        float[] Steps(bool spoiled)
        {
            using var scope = NewDisposeScope();
            var optimizer = CatalogIndex.Create<Optimizer>(name);
            using var model = Line();
            model.Bind(new Shape(2));
            using var step = ((GradientOptimizer)optimizer).Begin(model.Network!.Parameters);
            var start = model.Network.Parameters.Select(parameter => parameter.Value.detach().clone()).ToArray();
            if (spoiled)
            {
                Take(1e30f);
                Take(1e35f);
                foreach (var (parameter, value) in model.Network.Parameters.Zip(start))
                    parameter.Load(value);
                step.Restart(7);
                Assert.Equal(7, step.Count);
            }

            for (var i = 0; i < 3; i++)
                Take(1);
            return Weights(model);

            void Take(float by) => step.Step(() =>
            {
                step.ZeroGradients();
                var loss = model.Network.Parameters.Select(parameter => parameter.Value.sub(2).square().sum())
                    .Aggregate((a, b) => a.add(b)).mul(by);
                loss.backward();
                return loss;
            });
        }

        Assert.Equal(Steps(spoiled: false), Steps(spoiled: true));
    }

    /// <summary>A schedule with an extreme learning rate at some steps, once for each.</summary>
    private sealed record Jump(params long[] Steps) : Schedule
    {
        private readonly HashSet<long> left = [.. Steps];

        public override double Factor(RunPoint at) => left.Remove(at.Step) ? 1e300 : 1;
    }

    /// <summary>The squares of the first batch's inputs are infinite in float32, its loss is not.</summary>
    [Theory]
    [InlineData(Divergence.Stop)]
    [InlineData(Divergence.Recover)]
    public void FactorsThatAreNoNumbersAreADivergence(Divergence divergence)
    {
        var data = new Dataset("huge", [
            new NumberColumn("x", Enumerable.Range(0, 64).Select(i => i < 16 ? 1e25 : i / 64.0).ToArray())
                .With(new ColumnSettings { Scaling = Scaling.None }),
            new NumberColumn("y", Enumerable.Range(0, 64).Select(i => i / 64.0).ToArray())], "y");
        using var model = new Model([new Dense { Units = 1, WeightInitializer = new Zeros() }], seed: 3);
        var trainer = NewTrainer(model, new TrainingOptions
        {
            Optimizer = new KFAC(), BatchSize = 16, Epochs = 1, Shuffle = false, Seed = 1, OnDivergence = divergence,
        });
        if (divergence == Divergence.Stop)
        {
            var error = Assert.Throws<DivergedException>(() => trainer.Run(data).Count());
            Assert.Equal(("FactorsNotFinite", DlErrorKind.NumericFailure), (error.Id, error.Kind));
            Assert.Null(model.Network);
            return;
        }

        Assert.True(double.IsFinite(trainer.Run(data).Single().Loss));
        Assert.StartsWith("The inputs of the layer of 'dense1.weight'", Assert.Single(warnings));
        Assert.All(Weights(model), weight => Assert.True(float.IsFinite(weight) && weight != 0));
    }
}
