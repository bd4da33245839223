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
            {
                if (session.TotalSteps == steps)
                    cancel.Cancel();
                return true;
            },
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

    [Fact]
    public void AFolderWithoutCheckpointsSaysSo()
    {
        Directory.CreateDirectory(folder);
        Assert.Equal("NoCheckpoint", Assert.ThrowsAny<DlException>(() => CheckpointModel.LoadAny(folder)).Id);
        Assert.Equal("FileNotFound", Assert
            .ThrowsAny<DlException>(() => CheckpointModel.LoadAny(Path.Combine(folder, "step-1.dlcheckpoint"))).Id);
    }
}
