using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Search;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>A training that is refused, or fails before its first step, leaves the model as it was.</summary>
public sealed class RefusedTrainingTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-refused-{Guid.NewGuid():N}");

    public RefusedTrainingTests() => Directory.CreateDirectory(folder);

    public static TheoryData<string> Refusals => [.. Cases.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static readonly Dictionary<string, Func<string, (TrainingOptions Options, Trainer? Like, Dataset Data)>>
        Cases = new()
        {
            ["OptimizerUse"] = _ => (new() { Optimizer = new NormalEquation() }, null,
                new Dataset("weighted",
                    [.. Sets.Line().Columns, new NumberColumn("w", Enumerable.Repeat(1.0, 64).ToArray())], "y", "w")),
            ["UnknownMonitor"] = _ => (new() { EarlyStopping = new(1, Monitor: "Banana") }, null, Sets.Line()),
            ["ClassWeights"] = _ => (new() { ClassWeights = ClassWeights.Balanced }, null, Sets.Line()),
            ["LossLabel"] = _ => (new() { Loss = new CrossEntropy() }, null, Sets.Line()),
            ["DuplicateMetric"] = _ => (new() { Metrics = [new MAE(), new MAE()] }, null, Sets.Line()),
            ["UnknownDevice"] = _ => (new() { Device = "abacus" }, null, Sets.Line()),
            ["CheckpointFolderNotWritable"] = folder => (new(),
                With(checkpoints: Path.Combine(FileIn(folder), "night")),
                Sets.Line()),
            ["RunNotWritable"] = folder => (new(),
                With(new RunRecorder(Path.Combine(FileIn(folder), "run"))), Sets.Line()),
            ["StopFileExists"] = folder => (new(), With(new TrainingLimits { StopFile = FileIn(folder) }), Sets.Line()),
            ["InvalidTimeLimit"] = _ => (new(),
                With(new TrainingLimits { Time = TimeSpan.FromSeconds(-1) }), Sets.Line()),
            ["UnknownSignal"] = _ => (new(), With(new StopSignals { Signal = "SIGBANANA" }), Sets.Line()),
            ["Begin"] = _ => (new(), With(new ActionCallback { OnBegin = _ => throw NewError("Begin") }), Sets.Line()),
            ["LossNotFinite"] = _ => (new(), null, new Dataset("huge", [new NumberColumn("x", [1, 2, 3]),
            new NumberColumn("y", [1, 2, 3]), new NumberColumn("w", [double.MaxValue, double.MaxValue, 1])], "y", "w")),
        };

    private static Trainer With(params TrainingCallback[] callbacks) =>
        new(NewModel(), new TrainingOptions()) { Callbacks = callbacks };

    private static Trainer With(string checkpoints) =>
        new(NewModel(), new TrainingOptions()) { Checkpoints = new CheckpointOptions(checkpoints) };

    private static string FileIn(string folder)
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        return file;
    }

    private static DlException NewError(string id) => new(id, DlErrorKind.InvalidOperation, id);

    private static Model NewModel() => new([new Dense { Units = 4 }, new Dense { Units = 1 }], seed: 3);

    private static float[] Weights(Model model) => model.Network!.State
        .SelectMany(parameter => parameter.Value.detach().to(ScalarType.Float32).data<float>().ToArray()).ToArray();

    private Trainer Refused(string id, Model model, out Dataset data)
    {
        (var options, var like, data) = Cases[id](folder);
        return new Trainer(model, options with { Threads = 1 })
        {
            Callbacks = like?.Callbacks ?? [], Checkpoints = like?.Checkpoints,
        };
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void ANewModelStaysUntrained(string id)
    {
        using var model = NewModel();
        var trainer = Refused(id, model, out var data);
        Assert.Equal(id, Assert.ThrowsAny<DlException>(() => trainer.Run(data).Count()).Id);
        Assert.Equal(TrainingEnd.Failed, trainer.End);
        Assert.Equal("ModelNotTrained", Assert.Throws<DlException>(() => model.Trained()).Id);
        Assert.Null(model.Network);
        Assert.Empty(model.History);
        // It can still be trained with data of another shape.
        Assert.Single(new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(TwoInputs()));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void ATrainedModelKeepsWhatItHas(string id)
    {
        using var model = NewModel();
        new Trainer(model, new TrainingOptions { Epochs = 2, Seed = 1, Threads = 1 }).Run(Sets.Line(32)).Last();
        var (plan, loss, network, weights) = (model.Plan, model.Loss, model.Network, Weights(model));
        var trainer = Refused(id, model, out var data);
        Assert.Equal(id, Assert.ThrowsAny<DlException>(() => trainer.Run(data).Count()).Id);
        Assert.Same(plan, model.Plan);
        Assert.Same(loss, model.Loss);
        Assert.Same(network, model.Network);
        Assert.Equal(weights, Weights(model));
        Assert.Equal(2, model.History.Count);
        Assert.Equal("cpu", model.Device);
    }

    /// <summary>A training that is refused after its checkpoint was read.</summary>
    [Fact]
    public void ARefusedResumeLeavesTheModelItsParameters()
    {
        var checkpoints = new CheckpointOptions(Path.Combine(folder, "night")) { Resume = true };
        using (var first = NewModel())
        {
            var training = new Trainer(first, new TrainingOptions { Epochs = 2 }) { Checkpoints = checkpoints };
            training.Run(Sets.Line()).Last();
        }

        using var model = new Model([new Dense { Units = 4 }, new Dense { Units = 1 }], new Shape(1), seed: 9);
        var weights = Weights(model);
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 4 })
        {
            Checkpoints = checkpoints,
            Callbacks = [new ActionCallback { OnBegin = _ => throw NewError("Begin") }],
        };
        Assert.Equal("Begin", Assert.ThrowsAny<DlException>(() => trainer.Run(Sets.Line()).Count()).Id);
        Assert.Equal(weights, Weights(model));
        Assert.Null(model.Plan);
        Assert.Empty(model.History);
    }

    /// <summary>After a step the model is trained, however the training ends.</summary>
    [Fact]
    public void AFailureAfterAStepKeepsTheSteps()
    {
        using var model = NewModel();
        var trainer = new Trainer(model, new TrainingOptions())
        {
            Callbacks =
            [
                new ActionCallback { OnStep = session => session.TotalSteps < 2 ? true : throw NewError("Step") },
            ],
        };
        Assert.Equal("Step", Assert.ThrowsAny<DlException>(() => trainer.Run(Sets.Line()).Count()).Id);
        model.Trained();
    }

    [Fact]
    public void ATrialLeavesTheModelWithoutAnInputShape()
    {
        using var model = NewModel();
        TrainingEstimate.Of(model, new TrainingOptions(), Sets.Line());
        Assert.Null(model.Network);
        LearningRateFinder.Find(model, new TrainingOptions(), Sets.Line());
        Assert.Null(model.Network);
        Assert.Single(new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(TwoInputs()));
    }

    /// <summary>A training whose last checkpoint cannot be written has failed, in its record too.</summary>
    [Fact]
    public void ALastCheckpointThatCannotBeWrittenIsAFailure()
    {
        var (night, record) = (Path.Combine(folder, "night"), Path.Combine(folder, "record"));
        using var model = NewModel();
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 2 })
        {
            Checkpoints = new CheckpointOptions(night),
            Callbacks =
            [
                new RunRecorder(record),
                new ActionCallback
                {
                    OnEpoch = (_, epoch) =>
                    {
                        if (epoch.Epoch == 2)
                            Replace(night);
                        return true;
                    },
                },
            ],
        };
        Assert.Equal("CheckpointFailed", Assert.ThrowsAny<DlException>(() => trainer.Run(Sets.Line()).Count()).Id);
        Assert.Equal(TrainingEnd.Failed, trainer.End);
        var run = Assert.Single(RunInfo.In(record));
        Assert.Equal("Failed", run.State);
        Assert.Contains("last checkpoint", run.Reason);
        Assert.Equal(2, model.History.Count);

        static void Replace(string folder)
        {
            Directory.Move(folder, folder + "-moved");
            File.WriteAllText(folder, "");
        }
    }

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1, int.MaxValue)]
    public void StepsLargerThanTheDataAreOneStep(int batch, int accumulate)
    {
        using var model = NewModel();
        var options = new TrainingOptions { Epochs = 1, BatchSize = batch, AccumulateSteps = accumulate };
        var record = new Trainer(model, options).Run(Sets.Line()).Single();
        Assert.True(double.IsFinite(record.MetricValues[0].Value) && record.Loss > 0);
    }

    [Fact]
    public void LabelsOfOneClassAreRefused()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        var error = Assert.ThrowsAny<DlException>(
            () => new Trainer(model, new TrainingOptions()).Run(Sets.Sides(20, 0)).Count());
        Assert.Equal("OneClass", error.Id);
        Assert.Contains("'left'", error.Message);
    }

    private static Dataset TwoInputs() => new("two", [.. Sets.Line(8).Columns, new NumberColumn("z",
        Enumerable.Range(0, 8).Select(i => (double)i).ToArray())], "y");
}
