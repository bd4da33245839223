using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>A training that is stopped and resumed ends with the same bits as one that never stopped.</summary>
[Collection("Deterministic")]
public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-checkpoints-{Guid.NewGuid():N}");
    private readonly List<string> warnings = [];

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static Split Data(int rows = 300) =>
        DatasetSplitter.Split(new Moons { Count = rows }.Generate(1), new SplitOptions { Validation = 0.2, Seed = 2 });

    private static Model NewModel(int units = 16) => new([
        new Dense { Units = units }, new BatchNorm(), new ActivationLayer(), new Dropout { Probability = 0.2 },
        new Dense { Units = 2 }], seed: 3);

    private static TrainingOptions Options() => new()
    {
        Epochs = 4, BatchSize = 32, Seed = 4, Optimizer = new Adam { LearningRate = 0.01 },
        Schedule = new CosineSchedule(),
        Metrics = [new Accuracy(), new RocAuc(), new F1()], AverageDecay = 0.9, EarlyStopping = new EarlyStopping(3),
    };

    private CheckpointOptions Checkpoints(bool resume, string every = "1epoch", int keep = 3) =>
        new(folder) { Every = CheckpointInterval.Parse(every), Keep = keep, Resume = resume };

    private static float[] Weights(Model model) => model.Network!.State
        .SelectMany(p => p.Value.detach().to(ScalarType.Float32).cpu().data<float>().ToArray()).ToArray();

    /// <summary>Trains for a number of steps; null: to the end.</summary>
    private (Model Model, TrainingEnd End) Train(TrainingOptions options, CheckpointOptions? checkpoints,
        int? steps = null, Split? data = null, Model? model = null)
    {
        model ??= NewModel();
        data ??= Data();
        using var cancel = new CancellationTokenSource();
        var done = 0;
        var trainer = new Trainer(model, options)
        {
            Checkpoints = checkpoints,
            Warn = warnings.Add,
            Callbacks = [new ActionCallback { OnStep = _ => { if (++done == steps) cancel.Cancel(); return true; } }],
        };
        foreach (var _ in trainer.Run(data.Train, data.Validation, data.Plan, cancel.Token))
        {
        }

        return (model, trainer.End);
    }

    private static void AssertSameRun(Model expected, Model actual)
    {
        Assert.Equal(Weights(expected), Weights(actual));
        Assert.Equal(expected.History.Select(Numbers), actual.History.Select(Numbers));

        static string Numbers(EpochRecord record) =>
            $"{record.Epoch} {record.Loss:R} {record.ValidationLoss:R} {record.LearningRate:R} "
            + string.Join(" ", record.MetricValues.Select(metric => $"{metric.Key} {metric.Value:R}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(23)]
    public void ATrainingThatWasCancelledGoesOnInTheMiddleOfAnEpoch(int steps)
    {
        var whole = Train(Options(), null).Model;
        Assert.Equal(4, whole.History.Count);
        Assert.Equal(TrainingEnd.Cancelled, Train(Options(), Checkpoints(resume: true), steps).End);
        var (rest, end) = Train(Options(), Checkpoints(resume: true));
        Assert.Equal(TrainingEnd.Finished, end);
        AssertSameRun(whole, rest);
        Assert.Empty(warnings);
    }

    [Fact]
    public void ManyPartsOfFewStepsAreOneTraining()
    {
        var whole = Train(Options(), null).Model;
        Model part;
        TrainingEnd end;
        var parts = 0;
        do
        {
            (part, end) = Train(Options(), Checkpoints(resume: true), steps: 3);
            Assert.True(++parts < 50);
        }
        while (end == TrainingEnd.Cancelled);
        Assert.Equal(11, parts);
        AssertSameRun(whole, part);
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("LBFGS")]
    [InlineData("RMSProp")]
    [InlineData("LAMB")]
    [InlineData("KFAC")]
    [InlineData("NaturalGradient")]
    [InlineData("Muon")]
    public void OtherOptimizersGoOnToo(string optimizer)
    {
        var options = Options() with
        {
            Optimizer = (Optimizer)CatalogIndex.Create(CatalogKind.Optimizer, optimizer),
            AccumulateSteps = 2,
            EarlyStopping = null,
            Schedule = null
        };
        var whole = Train(options, null).Model;
        Train(options, Checkpoints(resume: true), steps: 6);
        AssertSameRun(whole, Train(options, Checkpoints(resume: true)).Model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void ATrainingInShardsGoesOnWithTheSameRandomNumbers(int steps)
    {
        var options = Options() with { Threads = 2 };
        var whole = Train(options, null, model: NewModel()).Model;
        Train(options, Checkpoints(resume: true), steps, model: NewModel());
        AssertSameRun(whole, Train(options, Checkpoints(resume: true), model: NewModel()).Model);
        Assert.NotEqual(Weights(whole), Weights(Train(options with { Threads = 1 }, null, model: NewModel()).Model));

        static Model NewModel() => new([
            new Reshape { Shape = new Shape(1, 2) }, new Conv1d { Filters = 600, KernelSize = 1 },
            new Dropout { Probability = 0.2 }, new Conv1d { Filters = 600, KernelSize = 1 }, new Flatten(),
            new Dense { Units = 2 }], seed: 3);
    }

    [Theory]
    [InlineData(TrainingPrecision.BFloat16)]
    [InlineData(TrainingPrecision.Mixed)]
    public void OtherPrecisionsGoOnTooWithFloat32Weights(TrainingPrecision precision)
    {
        var options = Options() with { Precision = precision, Deterministic = true };
        var whole = Train(options, null).Model;
        Assert.NotEqual(Weights(Train(Options(), null).Model), Weights(whole));
        Train(options, Checkpoints(resume: true), steps: 11);
        using (var checkpoint = Checkpoint.Read(Directory.GetFiles(folder).Order().Last()))
            Assert.All(whole.Network!.Parameters, parameter =>
                Assert.Equal(ScalarType.Float32, checkpoint.State.Part("network").Tensor(parameter.Name).dtype));
        AssertSameRun(whole, Train(options, Checkpoints(resume: true)).Model);
    }

    [Fact]
    public void AnEarlyStopIsTheEndAndRestoresTheBest()
    {
        var options = Options() with
        {
            Epochs = 60,
            Optimizer = new Adam { LearningRate = 0.3 },
            EarlyStopping = new EarlyStopping(2)
        };
        var (whole, end) = Train(options, null);
        Assert.Equal(TrainingEnd.StoppedEarly, end);
        Train(options, Checkpoints(resume: true), steps: 8 * (whole.History.Count - 1) + 3);
        AssertSameRun(whole, Train(options, Checkpoints(resume: true)).Model);
        // Nothing is left to do.
        var (again, how) = Train(options, Checkpoints(resume: true));
        Assert.Equal(TrainingEnd.Finished, how);
        Assert.Equal(whole.History.Count, again.History.Count);
    }

    [Theory]
    [InlineData(Sampling.Each)]
    [InlineData(Sampling.Balanced)]
    public void DataThatIsStreamedGoesOnToo(Sampling sampling)
    {
        var data = Data(2000);
        var streamed = new Split(Streamed(data.Train), Streamed(data.Validation!));
        var options = Options() with { Epochs = 2, Sampling = sampling };
        var whole = Train(options, null, data: streamed).Model;
        Train(options, Checkpoints(resume: true), steps: 33, data: streamed);
        AssertSameRun(whole, Train(options, Checkpoints(resume: true), data: streamed).Model);

    }

    private static Dataset Streamed(Dataset part, int limit = 16 << 10) =>
        new(part.Name, part.Columns, part.Label!.Name) { Budget = new MemoryBudget(limit) };

    [Fact]
    public void DataThatIsStreamedGoesOnInItsOrderWithOtherMemory()
    {
        var data = Data(2000);
        var options = Options() with { Epochs = 2 };
        Split With(int limit) => new(Streamed(data.Train, limit), Streamed(data.Validation!, limit));
        var whole = Train(options, null, data: With(16 << 10)).Model;
        Train(options, Checkpoints(resume: true), steps: 33, data: With(16 << 10));
        Assert.Equal("ResumeMemory",
            Assert.ThrowsAny<DlException>(() => Train(options, Checkpoints(resume: true), data: data)).Id);
        AssertSameRun(whole, Train(options, Checkpoints(resume: true), data: With(24 << 10)).Model);
    }

    [Fact]
    public void DataThatWasInMemoryIsNotStreamedWhenItGoesOn()
    {
        var data = Data(2000);
        Train(Options(), Checkpoints(resume: true), steps: 3, data: data);
        Assert.Equal("ResumeMemory", Assert.ThrowsAny<DlException>(() =>
            Train(Options(), Checkpoints(resume: true),
                data: new Split(Streamed(data.Train), Streamed(data.Validation!)))).Id);
    }

    [Fact]
    public void MoreEpochsAfterTheEndAreSaid()
    {
        var whole = Train(Options() with { Schedule = null }, null).Model;
        Train(Options() with { Schedule = null, Epochs = 2 }, Checkpoints(resume: true));
        AssertSameRun(whole, Train(Options() with { Schedule = null }, Checkpoints(resume: true)).Model);
        Assert.Contains("Epochs 2 -> 4", Assert.Single(warnings));
    }

    [Fact]
    public void TheNewestAreKeptAndADamagedOneIsPassedOver()
    {
        var whole = Train(Options(), null).Model;
        Train(Options(), Checkpoints(resume: false, every: "5step", keep: 2), steps: 17);
        var files = Directory.GetFiles(folder, "step-*").Order().ToArray();
        Assert.Equal(["step-0000000015.dlcheckpoint", "step-0000000017.dlcheckpoint"], files.Select(Path.GetFileName));
        var bytes = File.ReadAllBytes(files[1]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(files[1], bytes);
        File.WriteAllBytes(Path.Combine(folder, ".step-0000000018.dlcheckpoint.x.tmp"), [1]);
        AssertSameRun(whole, Train(Options(), Checkpoints(resume: true)).Model);
        Assert.Contains("step-0000000017", Assert.Single(warnings));
        Assert.DoesNotContain(Directory.GetFiles(folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void ATrainingDoesNotStartAnewWhereAllCheckpointsAreDamaged()
    {
        Train(Options(), Checkpoints(resume: false), steps: 17);
        var files = Directory.GetFiles(folder, "step-*");
        foreach (var file in files)
            File.WriteAllBytes(file, [1, 2, 3]);
        var error = Assert.ThrowsAny<DlException>(() => Train(Options(), Checkpoints(resume: true)));
        Assert.Equal("NoCheckpoint", error.Id);
        Assert.Contains($"all {files.Length} are damaged", error.Message);
        Assert.Equal(files.Length, warnings.Count);
        Assert.All(files, file => Assert.Equal(3, new FileInfo(file).Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(2000)]
    public void ACheckpointThatIsCutShortIsDamaged(int length)
    {
        Train(Options(), Checkpoints(resume: false), steps: 5);
        var file = Directory.GetFiles(folder).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);
        Assert.Equal("CheckpointDamaged", Assert.ThrowsAny<DlException>(() => Checkpoint.Read(file)).Id);
    }

    [Fact]
    public void AnotherTrainingIsRefused()
    {
        Train(Options(), Checkpoints(resume: false), steps: 5);
        string Fails(TrainingOptions options, CheckpointOptions checkpoints, Split? data = null, Model? model = null)
        {
            var error = Assert.ThrowsAny<DlException>(() => Train(options, checkpoints, data: data, model: model));
            return $"{error.Id}: {error.Message}";
        }

        Assert.StartsWith("CheckpointsExist", Fails(Options(), Checkpoints(resume: false)));
        Assert.Contains("BatchSize 32 -> 16", Fails(Options() with { BatchSize = 16 }, Checkpoints(resume: true)));
        Assert.Contains("0.02",
            Fails(Options() with { Optimizer = new Adam { LearningRate = 0.02 } }, Checkpoints(resume: true)));
        Assert.Contains("Precision \"Float32\" -> \"Mixed\"",
            Fails(Options() with { Precision = TrainingPrecision.Mixed }, Checkpoints(resume: true)));
        Assert.Contains("Deterministic false -> true",
            Fails(Options() with { Deterministic = true }, Checkpoints(resume: true)));
        Assert.StartsWith("ResumeModel", Fails(Options(), Checkpoints(resume: true), model: NewModel(units: 8)));
        Assert.StartsWith("ResumeData: ", Fails(Options(), Checkpoints(resume: true), data: Data(310)));
        var other = DatasetSplitter.Split(new Moons { Count = 300 }.Generate(9),
            new SplitOptions { Validation = 0.2, Seed = 2 });
        Assert.Contains("values of the training part", Fails(Options(), Checkpoints(resume: true), data: other));
    }

    [Fact]
    public void ACheckpointMakesItsModelAndSettingsAgain()
    {
        var options = Options() with
        {
            ClassWeights = ClassWeights.Of(new Dictionary<string, double> { ["0"] = 2 }),
            ClipNorm = 1,
            Sampling = Sampling.Balanced,
            Precision = TrainingPrecision.BFloat16,
            Deterministic = true
        };
        Train(options, Checkpoints(resume: false), steps: 20);
        using var checkpoint = Checkpoint.Read(Directory.GetFiles(folder).Order().Last());
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(checkpoint.Settings,
            TrainingSettingsJson.Write(TrainingSettingsJson.Read(checkpoint.Settings))));
        var whole = Train(options, null).Model;
        var model = TrainingResume.ModelOf(checkpoint);
        AssertSameRun(whole,
            Train(TrainingSettingsJson.Read(checkpoint.Settings), Checkpoints(resume: true), model: model).Model);
    }

    [Theory]
    [InlineData("1epoch", 1, 0, 0)]
    [InlineData("3 Epochs", 3, 0, 0)]
    [InlineData("500step", 0, 500, 0)]
    [InlineData("10min", 0, 0, 600)]
    [InlineData("1.5h", 0, 0, 5400)]
    [InlineData("30s", 0, 0, 30)]
    public void IntervalsAreRead(string text, int epochs, long steps, int seconds)
    {
        var interval = CheckpointInterval.Parse(text);
        Assert.Equal(new CheckpointInterval(epochs, steps, TimeSpan.FromSeconds(seconds)), interval);
        Assert.Equal(interval, CheckpointInterval.Parse(interval.ToString()));
    }

    [Theory]
    [InlineData("often")]
    [InlineData("0epoch")]
    [InlineData("1.5step")]
    [InlineData("10")]
    [InlineData("5 weeks")]
    [InlineData("99999999999999999999step")]
    [InlineData("9999999999999999h")]
    public void OtherIntervalsAreRefused(string text) =>
        Assert.Equal("InvalidInterval", Assert.ThrowsAny<DlException>(() => CheckpointInterval.Parse(text)).Id);

    [Fact]
    public void ACallbackThatFailsAtTheEndKeepsNoneFromItsEnd()
    {
        var ended = new List<string>();
        TrainingCallback[] Callbacks(bool fails) =>
        [
            new ActionCallback { OnEnd = (_, end) => ended.Add($"first {end}") },
            new ActionCallback { OnStep = _ => !fails ? true : throw new InvalidOperationException("step"),
                OnEnd = (_, _) => throw new IOException("end") },
        ];
        string Run(bool fails)
        {
            using var model = NewModel();
            return Record.Exception(() => new Trainer(model,
                Options() with { Epochs = 1 })
            { Callbacks = Callbacks(fails) }.Run(Data().Train).Count())!.Message;
        }

        Assert.Equal("end", Run(fails: false));
        Assert.Equal("step", Run(fails: true));
        Assert.Equal(["first Failed", "first Failed"], ended);
    }

    /// <summary>Layers nested deeper than a file may be cannot be written, which is no error of the disk.</summary>
    [Fact]
    public void ACheckpointThatCannotBeWrittenIsAWarningAndAtTheEndAnError()
    {
        var deep = Enumerable.Range(0, 140).Aggregate((Layer)new Dense { Units = 2 },
            (inside, _) => new Sequential { Body = new(inside) });
        using var model = new Model([deep], seed: 3);
        var refused = Assert.ThrowsAny<DlException>(() => Train(new TrainingOptions { Epochs = 3, BatchSize = 64 },
            Checkpoints(resume: false), data: Data(60), model: model));
        Assert.Equal("CheckpointFailed", refused.Id);
        Assert.Contains("nested more than", refused.Message, StringComparison.Ordinal);
        Assert.Contains(warnings, text => text.Contains("Training continues", StringComparison.Ordinal));
        Assert.Equal(3, model.History.Count);
    }
}
