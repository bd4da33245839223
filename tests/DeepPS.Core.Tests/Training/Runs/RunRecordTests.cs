using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Records of runs after a crash, or while they are being written.</summary>
public sealed class RunRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("deepps-record-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static EpochRecord Epoch(int number) => new()
    {
        Epoch = number, Loss = 0.5, LearningRate = 0.1, Seconds = 1, SamplesPerSecond = 100,
        MetricValues = [KeyValuePair.Create("Accuracy", 0.25)],
    };

    private string Train(string name, int epochs = 1)
    {
        var path = Path.Combine(folder, name);
        using var model = new Model([new Dense { Units = 1 }]);
        new Trainer(model, new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = 64
        })
        { Callbacks = [new RunRecorder(path)] }.Run(Sets.Line()).Count();
        return path;
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("step")]
    [InlineData("epoch")]
    public void AFailedTrainingSaysWhy(string when)
    {
        bool Failing(string now) => now != when ? true : throw new InvalidOperationException($"No {now}.");

        var path = Path.Combine(folder, when);
        using var model = new Model([new Dense { Units = 1 }]);
        var failing = new ActionCallback
        {
            OnBegin = _ => Failing("begin"), OnStep = _ => Failing("step"), OnEpoch = (_, _) => Failing("epoch"),
        };
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 2 })
        {
            Callbacks = [new RunRecorder(path), failing],
        };
        Assert.Throws<InvalidOperationException>(() => trainer.Run(Sets.Line()).Count());
        var run = Assert.Single(RunInfo.In(path));
        Assert.Equal(("Failed", $"No {when}."), (run.State, run.Reason));
    }

    /// <summary>On a full disk a file may be cut short or empty.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Epoch,Lo")]
    public void AFileWithoutAWholeHeaderGetsOne(string left)
    {
        var directory = new RunDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "epochs.csv"), left);
        Assert.Equal(0, directory.LastEpoch());
        directory.Add(Epoch(1));
        directory.Add(Epoch(2));
        var lines = File.ReadAllLines(Path.Combine(folder, "epochs.csv"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Epoch,Loss,", lines[0]);
    }

    [Fact]
    public void TheLastWholeLineOfALongRunIsFound()
    {
        var path = Train("long");
        var directory = new RunDirectory(path);
        for (var epoch = 2; epoch <= 3000; epoch++)
            directory.Add(Epoch(epoch));
        var file = Path.Combine(path, "epochs.csv");
        Assert.True(new FileInfo(file).Length > 1 << 16);
        File.AppendAllText(file, "3001,0.");
        var run = Assert.Single(RunInfo.In(path));
        Assert.Equal(3000, run.Epochs);
        Assert.Equal(0.1, run.Values().Single(value => value.Key == "LearningRate").Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void OtherFilesOfThatNameAreNoRuns(string json)
    {
        Train("whole");
        Directory.CreateDirectory(Path.Combine(folder, "other"));
        File.WriteAllText(Path.Combine(folder, "other", "run.json"), json);
        Assert.Equal("whole", Assert.Single(RunInfo.In(folder)).Name);
    }

    [Theory]
    [InlineData("run.json", "", "run.json cannot be read")]
    [InlineData("run.json", "{", "run.json cannot be read")]
    [InlineData("run.json", null, "run.json is missing")]
    [InlineData("run.json", """{ "name": "m", "started": "never", "process": 1, "machine": "m" }""", "'started'")]
    [InlineData("run.json", """{ "name": "m", "started": 5, "process": "one", "machine": "m" }""", "'started'")]
    [InlineData("run.json",
        """{ "name": "m", "started": "2026-01-01T00:00:00Z", "process": 99999999999, "machine": "m" }""", "'process'")]
    [InlineData("end.json", "", "end.json cannot be read")]
    [InlineData("end.json", """{ "end": "Eaten", "ended": "2026-01-01T00:00:00Z" }""", "'end'")]
    [InlineData("epochs.csv", "Epoch,Loss\n1,zzz\n", "'zzz' as Loss")]
    [InlineData("epochs.csv", "Epoch,Loss\n1\n", "1 values for 2 columns")]
    [InlineData("epochs.csv", "zzz\n1\n", "Epoch first")]
    public void DamagedRecordsAreListed(string name, string? text, string says)
    {
        Train("whole");
        var file = Path.Combine(Train("damaged"), name);
        if (text is null)
            File.Delete(file);
        else
            File.WriteAllText(file, text);
        var runs = RunInfo.In(folder).ToDictionary(run => run.Name);
        Assert.Equal("Finished", runs["whole"].State);
        Assert.Equal("Damaged", runs["damaged"].State);
        Assert.Contains(says, runs["damaged"].Reason);
        Assert.NotNull(runs["damaged"].Settings());
        Assert.Equal("Damaged", Assert.Single(RunInfo.In(Path.Combine(folder, "damaged"))).State);
    }

    /// <summary>A resumed run began long before its process.</summary>
    [Fact]
    public void ARunThatGoesOnIsRunning()
    {
        var path = Train("resumed");
        File.Delete(Path.Combine(path, "end.json"));
        var file = Path.Combine(path, "run.json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        json["started"] = "2020-01-01T00:00:00Z";
        File.WriteAllText(file, json.ToJsonString());
        Assert.Equal("Running", Assert.Single(RunInfo.In(path)).State);
        json["begun"] = "2020-01-01T00:00:00Z";
        File.WriteAllText(file, json.ToJsonString());
        Assert.Equal("Interrupted", Assert.Single(RunInfo.In(path)).State);
    }
}
