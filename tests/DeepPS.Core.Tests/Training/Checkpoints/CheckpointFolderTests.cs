using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Only one training at a time writes to a folder of checkpoints, and only to a writable one.</summary>
public sealed class CheckpointFolderTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-folder-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static Model NewModel() => new([new Dense { Units = 4 }, new Dense { Units = 1 }]);

    private static TrainingOptions Options { get; } = new() { Epochs = 2, BatchSize = 16 };

    private static Trainer NewTrainer(Model model, string folder, Func<TrainingSession, bool>? onStep = null) =>
        new(model, Options)
        {
            Checkpoints = new CheckpointOptions(folder) { Resume = true },
            Callbacks = [new RunRecorder(folder), new ActionCallback { OnStep = onStep }],
        };

    private static void Train(string folder, Func<TrainingSession, bool>? onStep = null)
    {
        using var model = NewModel();
        NewTrainer(model, folder, onStep).Run(Sets.Line()).Count();
    }

    [Fact]
    public void AnotherTrainingIsKeptOutUntilTheEnd()
    {
        DlException? error = null;
        Train(folder, _ =>
        {
            error ??= Assert.ThrowsAny<DlException>(() => Train(folder));
            return true;
        });
        Assert.Equal("CheckpointFolderInUse", error?.Id);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", error!.Message);
        Assert.DoesNotContain(Directory.GetFiles(folder), file => Path.GetFileName(file) == ".lock");
        Train(folder);
    }

    [Fact]
    public void WhatAKilledTrainingHasLeftIsInNobodysWay()
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, ".lock"), []);
        Train(folder);
        Assert.Equal(2, Directory.GetFiles(folder, "step-*").Length);
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsAnErrorBeforeTheFirstStep()
    {
        File.WriteAllText(folder, "");
        try
        {
            var inside = Path.Combine(folder, "night");
            Assert.Equal("CheckpointFolderNotWritable",
                Fails(() => Train(inside, _ => throw new InvalidOperationException("a step was taken"))));
            using var model = NewModel();
            var recorded = new Trainer(model, Options)
            {
                Callbacks = [new RunRecorder(inside),
                    new ActionCallback { OnStep = _ => throw new InvalidOperationException("a step was taken") }],
            };
            Assert.Equal("RunNotWritable", Fails(() => recorded.Run(Sets.Line()).Count()));
        }
        finally
        {
            File.Delete(folder);
        }

        static string Fails(Action action) => Assert.ThrowsAny<DlException>(action).Id;
    }

    [Fact]
    public void AFolderWithoutRoomIsAnErrorAndLeavesNothing()
    {
        Directory.CreateDirectory(folder);
        Assert.Equal("CheckpointFolderNotWritable",
            Assert.ThrowsAny<DlException>(() => new CheckpointFolder(folder).CheckRoom(1L << 60)).Id);
        new CheckpointFolder(folder).CheckRoom(1000);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void ATrainingThatNeverBeganLeavesNoFolder()
    {
        using var model = NewModel();
        var trainer = new Trainer(model,
            Options with { Optimizer = new NormalEquation() })
        { Checkpoints = new CheckpointOptions(folder) };
        Assert.Equal("OptimizerUse", Assert.ThrowsAny<DlException>(() => trainer.Run(Sets.Line()).Count()).Id);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void HistoryComesBackToItsLastBit()
    {
        EpochRecord[] history =
        [
            Epoch(1), Epoch(2, 0.1 + 0.2), Epoch(3, 0.3, ("Accuracy", 1 / 3.0)),
                Epoch(4, null, ("Accuracy", double.NaN)),
            Epoch(5, null, ("F1", 1), ("Größe", 2)), Epoch(6, null, ("F1", 1), ("Größe", 3)),
        ];
        using var state = new StateBag();
        EpochHistory.Save(history, state.Part("history"));
        Assert.Equal(history.Select(Numbers), EpochHistory.Load(state.Part("history")).Select(Numbers));
        using var none = new StateBag();
        EpochHistory.Save([], none);
        Assert.Empty(EpochHistory.Load(none));

        static EpochRecord Epoch(int number, double? held = null, params (string Name, double Value)[] metrics) => new()
        {
            Epoch = number, Loss = 1.0 / number, ValidationLoss = held, LearningRate = 0.1, Seconds = 0.7,
            SamplesPerSecond = 1e5 / 3,
            MetricValues = [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Value))],
        };

        static string Numbers(EpochRecord record) =>
            $"{record.Epoch} {record.Loss:R} {record.ValidationLoss:R} {record.LearningRate:R} {record.Seconds:R} "
            + $"{record.SamplesPerSecond:R} "
            + $"{string.Join(" ", record.MetricValues.Select(metric => $"{metric.Key} {metric.Value:R}"))}";
    }

    /// <summary>Checkpoints of version 1 had the history in the model's JSON.</summary>
    [Fact]
    public void AHistoryInTheModelsJsonIsRead()
    {
        Train(folder);
        using var checkpoint = Checkpoint.Read(Directory.GetFiles(folder, "step-*").Order().Last());
        using var whole = TrainingResume.ModelOf(checkpoint);
        Assert.Equal([1, 2], whole.History.Select(record => record.Epoch));
        using var state = new StateBag(
            checkpoint.State.All.Where(tensor => !tensor.Name.StartsWith("history/", StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Name, tensor => tensor.Value));
        var written = new Checkpoint
        {
            Format = 1, Model = ModelJson.Write(whole), Settings = checkpoint.Settings, Data = checkpoint.Data,
            Position = checkpoint.Position, State = state,
        };
        written.Write(Path.Combine(folder, "step-9999999999.dlcheckpoint"));
        using var old = CheckpointModel.Load(folder, warn: null);
        Assert.Equal(whole.History.Select(record => record.Loss), old.History.Select(record => record.Loss));
        Assert.Contains("Import-DlModel",
            DataFiles.Fails("CheckpointVersion", () => TrainingResume.From(folder)).Message);
    }

    /// <summary>A backup reads an old checkpoint; on Windows it can then not be deleted.</summary>
    [Fact]
    public void AnOldCheckpointThatIsReadIsDeletedLater()
    {
        FileStream? reader = null;
        using var model = NewModel();
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 6, BatchSize = 64 })
        {
            Checkpoints = new CheckpointOptions(folder) { Keep = 1 },
            Callbacks =
            [
                new ActionCallback
                {
                    OnEpoch = (_, record) =>
                    {
                        if (record.Epoch == 3)
                            Assert.True(SpinWait.SpinUntil(() => (reader = Opened()) is not null, 10_000));
                        else if (record.Epoch == 5)
                            reader!.Dispose();
                        return true;
                    },
                },
            ],
            Warn = text => Assert.Fail(text),
        };
        trainer.Run(Sets.Line()).Count();
        Assert.Equal(TrainingEnd.Finished, trainer.End);
        Assert.Single(Directory.GetFiles(folder, "step-*"));

        // The thread that writes checkpoints may delete one that was just listed.
        FileStream? Opened()
        {
            try
            {
                return Directory.GetFiles(folder, "step-*").Order().FirstOrDefault() is { } path
                    ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read) : null;
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }
    }
}
