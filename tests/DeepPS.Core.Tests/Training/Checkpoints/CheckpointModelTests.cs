using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>The model of an interrupted training, from its checkpoints.</summary>
public sealed class CheckpointModelTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-half-{Guid.NewGuid():N}");
    private readonly List<string> warnings = [];
    private static readonly Dataset Data = new Moons { Count = 300 }.Generate(1);

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static float[] Weights(Model model) =>
        model.Network!.State.SelectMany(p => p.Value.detach().to(ScalarType.Float32).data<float>().ToArray()).ToArray();

    /// <summary>
    /// Trains for the given number of steps, with ten steps in an epoch and a checkpoint after every third step and at
    /// the end.
    /// </summary>
    private Model Train(int steps)
    {
        var model = new Model([new Dense { Units = 16 }, new BatchNorm(), new ActivationLayer(),
            new Dense { Units = 2 }], name: "half", seed: 3);
        using var cancel = new CancellationTokenSource();
        var stop = new ActionCallback
        {
            OnStep = session =>
            { if (session.TotalSteps == steps) cancel.Cancel(); return true; }
        };
        var trainer = new Trainer(model,
            new TrainingOptions { Epochs = 4, BatchSize = 30, Seed = 4, AverageDecay = 0.9 })
        {
            Callbacks = [stop],
            Checkpoints = new CheckpointOptions(folder) { Every = CheckpointInterval.Parse("3step") },
        };
        trainer.Run(Data, Data, cancel: cancel.Token).Count();
        return model;
    }

    private string[] Files() => Directory.GetFiles(folder).Order().ToArray();

    [Theory]
    [InlineData(17)]
    [InlineData(20)]
    public void AFolderGivesTheModelOfItsNewestCheckpoint(int steps)
    {
        using var model = Train(steps);
        using var half = CheckpointModel.LoadAny(folder, warnings.Add);
        Assert.Equal(Weights(model), Weights(half));
        Assert.Equal(("half", model.History.Count), (half.Name, half.History.Count));
        Assert.Equal(Evaluator.Measure(model, Data).Loss, Evaluator.Measure(half, Data).Loss);
        Assert.Empty(warnings);
        new Trainer(half, new TrainingOptions { Epochs = 1 }).Run(Data).Single();
        ModelFile.Save(half, Path.Combine(folder, "half.dlmodel"));
    }

    /// <summary>
    /// The model of a checkpoint within an epoch has the average too, like that of a training that was stopped there.
    /// </summary>
    [Fact]
    public void ACheckpointWithinAnEpochGivesTheAverage()
    {
        Train(17).Dispose();
        using var half = CheckpointModel
            .LoadAny(Files().Single(file => file.EndsWith("15.dlcheckpoint", StringComparison.Ordinal)));
        Directory.Delete(folder, recursive: true);
        using var stopped = Train(15);
        Assert.Equal(Weights(stopped), Weights(half));
    }

    [Fact]
    public void ADamagedCheckpointIsPassedOver()
    {
        Train(17).Dispose();
        var files = Files();
        var bytes = File.ReadAllBytes(files[^1]);
        bytes[^100] ^= 1;
        File.WriteAllBytes(files[^1], bytes);
        using var half = CheckpointModel.LoadAny(folder, warnings.Add);
        Assert.Contains("step-0000000017", Assert.Single(warnings));
        using var before = CheckpointModel.LoadAny(files[^2]);
        Assert.Equal(Weights(before), Weights(half));
        Assert.Equal("CheckpointDamaged", Assert.ThrowsAny<DlException>(() => CheckpointModel.LoadAny(files[^1])).Id);
        foreach (var file in files)
            File.WriteAllBytes(file, bytes[..50]);
        var error = Assert.ThrowsAny<DlException>(() => CheckpointModel.LoadAny(folder, warnings.Add));
        Assert.Equal("NoCheckpoint", error.Id);
        Assert.Contains("no complete checkpoint", error.Message);
    }

    /// <summary>Trains on noise, whose labels are learned by heart while the validation loss rises.</summary>
    private (Model Model, TrainingEnd End) TrainTooLong(bool restore, int epochs = 200, int stopAfter = 0,
        bool resume = false)
    {
        var model = new Model([new Dense { Units = 32 }, new ActivationLayer(), new Dense { Units = 2 }], seed: 3);
        using var cancel = new CancellationTokenSource();
        var stop = new ActionCallback
        {
            OnEpoch = (_, record) =>
            {
                if (record.Epoch == stopAfter)
                    cancel.Cancel();
                return true;
            },
        };
        var trainer = new Trainer(model, new TrainingOptions
        {
            Epochs = epochs, BatchSize = 8, Seed = 4, Threads = 1, Optimizer = new Adam { LearningRate = 0.02 },
            EarlyStopping = new EarlyStopping(6, RestoreBest: restore),
        })
        {
            Callbacks = [stop], Checkpoints = new CheckpointOptions(folder) { Keep = 1, Resume = resume },
        };
        trainer.Run(Sets.Noise(48, 1), Sets.Noise(48, 2), cancel: cancel.Token).Count();
        return (model, trainer.End);
    }

    private static int BestOf(Model model) => model.History.MinBy(record => record.ValidationLoss)!.Epoch;

    /// <summary>The folder, a resumed training and the model in memory have the same parameters.</summary>
    [Fact]
    public void AFolderGivesTheModelThatTheTrainingGave()
    {
        var (model, end) = TrainTooLong(restore: true);
        Assert.Equal(TrainingEnd.StoppedEarly, end);
        var (again, _) = TrainTooLong(restore: true, resume: true);
        using var result = CheckpointModel.LoadAny(folder);
        using var best = CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best);
        using var last = CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Last);
        Assert.Equal(Weights(model), Weights(again));
        Assert.Equal(Weights(model), Weights(result));
        Assert.Equal(Weights(model), Weights(best));
        Assert.NotEqual(Weights(model), Weights(last));
        Assert.Equal(BestOf(model), best.History.Count);
        Assert.Equal(model.History.Count, last.History.Count);
        // Of one kept checkpoint, the best epoch is not the one that is deleted.
        Assert.Single(Directory.GetFiles(folder, "step-*"));
        foreach (var loaded in new[] { model, again })
            loaded.Dispose();
    }

    [Fact]
    public void WithoutRestoringAFolderGivesTheLastAndKeepsTheBest()
    {
        var (model, _) = TrainTooLong(restore: false);
        using var result = CheckpointModel.LoadAny(folder);
        using var best = CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best);
        Assert.Equal(Weights(model), Weights(result));
        Assert.Equal(BestOf(model), best.History.Count);
        Assert.Equal(best.History[^1].ValidationLoss!.Value,
            Evaluator.Measure(best, Sets.Noise(48, 2)).Loss, 1e-9);
        model.Dispose();
    }

    /// <summary>Before its end a training that restores its best epoch has the parameters of its last step.</summary>
    [Fact]
    public void AnUnfinishedTrainingGivesItsLastStepAndItsBestSoFar()
    {
        using var whole = TrainTooLong(restore: true).Model;
        var best = BestOf(whole);
        Directory.Delete(folder, recursive: true);
        using var half = TrainTooLong(restore: true, stopAfter: best + 2).Model;
        using var result = CheckpointModel.LoadAny(folder);
        using var soFar = CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best);
        Assert.Equal(Weights(half), Weights(result));
        Assert.Equal(Weights(whole), Weights(soFar));
        using var rest = TrainTooLong(restore: true, resume: true).Model;
        using var end = CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best);
        Assert.Equal(Weights(whole), Weights(rest));
        Assert.Equal(Weights(whole), Weights(end));
    }

    /// <summary>Earlier versions kept the best parameters in the newest checkpoint alone.</summary>
    [Fact]
    public void TheBestOfAnEarlierVersionIsInTheNewestCheckpoint()
    {
        using var model = TrainTooLong(restore: true).Model;
        var file = Path.Combine(folder, "best.dlcheckpoint");
        File.WriteAllBytes(file, [1]);
        using (var best = CheckpointModel.LoadAny(folder, warnings.Add, CheckpointChoice.Best))
            Assert.Equal(Weights(model), Weights(best));
        Assert.Contains("best.dlcheckpoint", Assert.Single(warnings));
        File.Delete(file);
        using (var best = CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best))
            Assert.Equal(Weights(model), Weights(best));
        Directory.Delete(folder, recursive: true);
        TrainTooLong(restore: false).Model.Dispose();
        File.Delete(file);
        Assert.Equal("NoBestCheckpoint", Assert.ThrowsAny<DlException>(
            () => CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best)).Id);
    }

    [Fact]
    public void ANewTrainingForgetsTheBestOfAnother()
    {
        TrainTooLong(restore: false).Model.Dispose();
        foreach (var file in Directory.GetFiles(folder, "step-*"))
            File.Delete(file);
        Train(3).Dispose();
        Assert.Equal("NoBestCheckpoint", Assert.ThrowsAny<DlException>(
            () => CheckpointModel.LoadAny(folder, choice: CheckpointChoice.Best)).Id);
    }

    [Fact]
    public void AModelFileHasNoChoice()
    {
        using var model = Train(10);
        var file = Path.Combine(folder, "one.dlmodel");
        ModelFile.Save(model, file);
        Assert.Equal("NotACheckpoint", Assert.ThrowsAny<DlException>(
            () => CheckpointModel.LoadAny(file, choice: CheckpointChoice.Last)).Id);
        CheckpointModel.LoadAny(file).Dispose();
    }

    [Fact]
    public void AFolderWithoutCheckpointsSaysSo()
    {
        Directory.CreateDirectory(folder);
        Assert.Equal("NoCheckpoint", Assert.ThrowsAny<DlException>(() => CheckpointModel.LoadAny(folder)).Id);
        Assert.Equal("FileNotFound", Assert
            .ThrowsAny<DlException>(() => CheckpointModel.LoadAny(Path.Combine(folder, "step-1.dlcheckpoint"))).Id);
    }
}
