using System.Globalization;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>A record that cannot be written for a while ends no training, and is whole afterwards.</summary>
public sealed class LateRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-late-").FullName;
    private readonly List<string> warnings = [];

    private string Epochs => Path.Combine(folder, "epochs.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("epochs.csv")]
    [InlineData("log.txt")]
    public void AFileOpenElsewhereIsCompletedLater(string name)
    {
        FileStream? held = null;
        var end = Train(10, epoch =>
        {
            if (epoch == 3)
                held = Hold(Path.Combine(folder, name));
            else if (epoch == 6)
                held!.Dispose();
        }, log: epoch => $"epoch {epoch}");
        Assert.Equal(TrainingEnd.Finished, end);
        var warning = Assert.Single(warnings);
        Assert.Contains("cannot be written", warning);
        Assert.Equal(Enumerable.Range(1, 10), Recorded());
        var log = File.ReadAllText(Path.Combine(folder, "log.txt"));
        Assert.All(Enumerable.Range(1, 10), epoch => Assert.Contains($"epoch {epoch}\n", log));
        Assert.Contains("Training ended: Finished", log);
    }

    [Fact]
    public void AFileOpenToTheEndIsAWarningAndCompletedByTheNextRun()
    {
        using (var held = new HeldLater())
        {
            var end = Train(5, epoch =>
            {
                if (epoch == 3)
                    held.File = Hold(Epochs);
            });
            Assert.Equal(TrainingEnd.Finished, end);
        }

        Assert.Equal(2, warnings.Count);
        Assert.Contains("3 epochs", warnings[1]);
        Assert.Equal([1, 2], Recorded());
        Assert.Equal("Finished", Assert.Single(RunInfo.In(folder)).State);
        Assert.Equal(TrainingEnd.Finished, Train(7, _ => { }));
        Assert.Equal(Enumerable.Range(1, 7), Recorded());
        Assert.Equal(2, warnings.Count);
    }

    [Fact]
    public void AResumedTrainingBeginsWhileTheFileIsOpen()
    {
        Train(3, _ => { });
        var held = Hold(Epochs);
        var end = Train(6, epoch =>
        {
            if (epoch == 5)
                held.Dispose();
        });
        Assert.Equal(TrainingEnd.Finished, end);
        Assert.Single(warnings);
        Assert.Equal(Enumerable.Range(1, 6), Recorded());
    }

    /// <summary>The file is deleted before the first epoch; a folder of that name can be neither written nor
    /// deleted.</summary>
    [Fact]
    public void AnotherReasonIsNoEndEither()
    {
        Directory.CreateDirectory(Epochs);
        Assert.Equal(TrainingEnd.Finished, Train(2, _ => { }));
        Assert.Contains("2 epochs", warnings[^1]);
    }

    private static FileStream Hold(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.None);

    private IEnumerable<int> Recorded() => File.ReadLines(Epochs).Skip(1)
        .Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture));

    private TrainingEnd Train(int epochs, Action<int> onEpoch, Func<int, string>? log = null)
    {
        using var model = new Model([new Dense { Units = 1 }]);
        var recorder = new RunRecorder(folder) { Warn = warnings.Add };
        var trainer = new Trainer(model, new TrainingOptions { Epochs = epochs, BatchSize = 64 })
        {
            Checkpoints = new CheckpointOptions(folder) { Resume = true },
            Callbacks =
            [
                new ActionCallback
                {
                    OnEpoch = (_, record) =>
                    {
                        onEpoch(record.Epoch);
                        if (log is not null)
                            recorder.Say(log(record.Epoch));
                        return true;
                    },
                },
                recorder,
            ],
        };
        trainer.Run(Sets.Line()).Count();
        return trainer.End;
    }

    private sealed class HeldLater : IDisposable
    {
        public FileStream? File { get; set; }

        public void Dispose() => File?.Dispose();
    }
}
