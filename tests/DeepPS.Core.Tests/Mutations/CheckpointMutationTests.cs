using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using Xunit.Abstractions;

namespace DeepPS.Tests;

/// <summary>Damaged and forged checkpoints give a training or an error of ours.</summary>
public sealed class CheckpointMutationTests(ITestOutputHelper output) : IDisposable
{
    private const string Key = "deepps-checkpoint";
    private static readonly Dataset Data = new Blobs { Count = 60, Centers = 3 }.Generate(1);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3, BatchSize = 20, Seed = 4, AverageDecay = 0.9, EarlyStopping = new EarlyStopping(5),
        Schedule = new CosineSchedule(), Metrics = null,
    };

    private readonly string folder = Directory.CreateTempSubdirectory("deepps-mutations-").FullName;

    private string File => Path.Combine(folder, "step-0000000004.dlcheckpoint");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void DamagedBytesAreAlwaysFound()
    {
        var whole = New();
        var random = new Random(1);
        for (var i = 0; i < Mutation.Count; i++)
        {
            var bytes = Mutation.Bytes(whole, random);
            if (bytes.AsSpan().SequenceEqual(whole))
                continue;
            System.IO.File.WriteAllBytes(File, bytes);
            Assert.Throws<CheckpointDamagedException>(() => CheckpointModel.LoadAny(File));
            Assert.ThrowsAny<DlException>(() => CheckpointModel.LoadAny(folder));
        }
    }

    [Fact]
    public void ForgedHeaders() => Try(2, (file, random) =>
        TensorFileText.InCheckpoint(file, inside =>
            TensorFileText.WithHeader(inside, text => Mutation.Json(text, random))));

    [Fact]
    public void ForgedTexts() => Try(3, (file, random) =>
        TensorFileText.InCheckpoint(file, inside =>
            TensorFileText.WithMetadata(inside, Key, text => Mutation.Json(text, random))));

    /// <summary>Each is imported as a model, resumed with its own settings, and with the command's.</summary>
    private void Try(int seed, Func<byte[], Random, byte[]> mutate)
    {
        var whole = New();
        var random = new Random(seed);
        var outcomes = new Outcomes();
        for (var i = 0; i < Mutation.Count; i++)
        {
            var bytes = mutate(whole, random);
            foreach (var use in new Action[] { Import, ResumeWithItsSettings, ResumeWithOurs })
            {
                System.IO.File.WriteAllBytes(File, bytes);
                outcomes.Try(use);
                foreach (var file in Directory.GetFiles(folder))
                    System.IO.File.Delete(file);
            }
        }

        outcomes.Check(output);
    }

    private void Import() => CheckpointModel.LoadAny(File).Dispose();

    private void ResumeWithItsSettings()
    {
        var (model, options) = TrainingResume.From(folder);
        using (model)
            Run(model, options);
    }

    private void ResumeWithOurs()
    {
        using var model = NewModel();
        Run(model, Options);
    }

    private void Run(Model model, TrainingOptions options) => new Trainer(model, options)
    {
        Checkpoints = new CheckpointOptions(folder) { Resume = true },
    }.Run(Data, Data).Take(1).Count();

    private static Model NewModel() => new([
        new Dense { Units = 6, Activation = new ReLU() }, new BatchNorm(), new Dropout(), new Dense { Units = 3 },
    ], name: "half", seed: 3);

    /// <summary>A checkpoint within the second epoch.</summary>
    private byte[] New()
    {
        using var model = NewModel();
        using var cancel = new CancellationTokenSource();
        var stop = new ActionCallback
        {
            OnStep = session =>
            {
                if (session.TotalSteps == 4)
                    cancel.Cancel();
                return true;
            },
        };
        new Trainer(model, Options)
        {
            Callbacks = [stop],
            Checkpoints = new CheckpointOptions(folder),
        }.Run(Data, Data, cancel: cancel.Token).Count();
        var bytes = System.IO.File.ReadAllBytes(File);
        foreach (var file in Directory.GetFiles(folder))
            System.IO.File.Delete(file);
        return bytes;
    }
}
