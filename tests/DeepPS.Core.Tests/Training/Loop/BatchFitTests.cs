using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Steps that do not fit into memory. The out-of-memory errors come from torch itself.</summary>
public sealed class BatchFitTests : IDisposable
{
    private static readonly Dataset Data = new Moons { Count = 300 }.Generate(1);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-fit-{Guid.NewGuid():N}");
    private readonly List<string> warnings = [];
    private readonly List<string> said = [];

    private static TrainingOptions Options(bool auto = false) => new()
    {
        Epochs = 3, BatchSize = 64, Seed = 4, Optimizer = new Adam { LearningRate = 0.01 }, AutoBatchSize = auto,
        Metrics = [new Accuracy(), new RocAuc()],
    };

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static Model NewModel(Hungry hungry, params Layer[] more) => new([
        new Dense { Units = 16, Activation = new Tanh() }, hungry with { Name = "hungry" }, .. more,
            new Dense { Units = 2 }], seed: 3);

    private static float[] Weights(Model model) =>
        model.Network!.State.SelectMany(p => p.Value.detach().to(ScalarType.Float32).data<float>().ToArray()).ToArray();

    private EpochRecord[] Train(Model model, TrainingOptions options, Dataset? data = null,
        CheckpointOptions? checkpoints = null, CancellationToken cancel = default,
        params TrainingCallback[] callbacks) =>
        new Trainer(model, options)
        {
            Warn = warnings.Add, Log = said.Add, Checkpoints = checkpoints,
            Callbacks = callbacks
        }
            .Run(data ?? Data, Data, cancel: cancel).ToArray();

    private static void AssertNear(EpochRecord[] expected, EpochRecord[] actual)
    {
        Assert.Equal(expected.Select(record => record.Loss), actual.Select(record => record.Loss),
            (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(expected.Select(record => record.ValidationLoss!.Value),
            actual.Select(record => record.ValidationLoss!.Value), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(expected.Select(record => record.MetricValues[0].Value),
            actual.Select(record => record.MetricValues[0].Value), (a, b) => Math.Abs(a - b) < 0.005);
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 79.15 GiB total capacity)", true,
        " (20.00 MiB were asked for at last)")]
    [InlineData("[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to "
        + "allocate 4096 bytes. Error code 12", true, " (4096 bytes were asked for at last)")]
    [InlineData("DefaultCPUAllocator: not enough memory: you tried to allocate 4096 bytes.", true,
        " (4096 bytes were asked for at last)")]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", true, "")]
    [InlineData("std::bad_alloc", true, "")]
    [InlineData("mat1 and mat2 shapes cannot be multiplied (4x8 and 9x2)", false, "")]
    public void WhatTorchSaysOfMemoryIsKnown(string message, bool shortage, string asked)
    {
        var error = new ExternalException(message);
        Assert.Equal(shortage, MemoryShortage.Is(error));
        Assert.Equal(shortage, MemoryShortage.Is(new AggregateException(error)));
        Assert.Equal(asked, MemoryShortage.Asked(error));
        Assert.False(MemoryShortage.Is(new InvalidOperationException(message)));
    }

    [Theory]
    [InlineData(64, 1, 1, "64")]
    [InlineData(64, 4, 1, "16 16 16 16")]
    [InlineData(25, 4, 1, "6 6 6 7")]
    [InlineData(3, 8, 1, "1 2")]
    [InlineData(4, 8, 1, "1 1 1 1")]
    [InlineData(7, 4, 2, "3 4")]
    [InlineData(1, 4, 2, "1")]
    public void ABatchIsCutIntoPartsOfAlmostOneSize(int size, int parts, int smallest, string sizes)
    {
        using var scope = NewDisposeScope();
        var batch = new Batch([arange(size).unsqueeze(1)], arange(size), ones(size),
            new SecondTargets(arange(size), null, tensor(0.5)));
        var cut = batch.Cut(parts, smallest).ToArray();
        Assert.Equal(sizes, string.Join(" ", cut.Select(part => part.Part.Count)));
        foreach (var (start, part) in cut)
        {
            Assert.Equal(Enumerable.Range(start, part.Count).Select(i => (long)i),
                part.Targets!.data<long>().ToArray());
            Assert.Equal(part.Targets.data<long>().ToArray(), part.Inputs[0].reshape(-1).data<long>().ToArray());
            Assert.Equal(part.Targets.data<long>().ToArray(), part.Second!.Targets.data<long>().ToArray());
            Assert.Equal(part.Count, part.Weights!.shape[0]);
        }

        Assert.Equal(size, cut.Sum(part => part.Part.Count));
    }

    [Fact]
    public void AStepThatDoesNotFitSaysTheSizeThatDoes()
    {
        var hungry = new Hungry();
        using var model = NewModel(hungry);
        Train(model, Options() with { Epochs = 1 });
        var before = Weights(model);
        ((Hungry)model.Layers[1]).Limit = 20;
        var error = Assert.Throws<DlException>(() => Train(model, Options()));
        Assert.Equal(("OutOfMemory", DlErrorKind.NotAvailable, 64), (error.Id, error.Kind, error.Target));
        Assert.Contains("batch of 64", error.Message);
        Assert.Contains("cpu", error.Message);
        Assert.Contains("bytes were asked for at last", error.Message);
        Assert.Contains("-BatchSize 16 -AccumulateSteps 4", error.Message);
        Assert.Equal(before, Weights(model));
        // Model and session remain usable; the batch sizes in the message fit.
        Assert.Equal(3, Train(model, Options() with { BatchSize = 16, AccumulateSteps = 4 }).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhereNothingFitsThatIsSaid(bool auto)
    {
        using var model = NewModel(new Hungry { Limit = 0 });
        var error = Assert.Throws<DlException>(() => Train(model, Options(auto)));
        Assert.Equal("OutOfMemory", error.Id);
        Assert.Contains("so does one of 1.", error.Message);
        Assert.DoesNotContain("-AutoBatchSize", error.Message);
    }

    [Fact]
    public void BatchesAreCutBeforeTheFirstStepAndLearnTheSame()
    {
        using var whole = NewModel(new Hungry());
        var expected = Train(whole, Options());
        var sizes = new List<int>();
        using var model = NewModel(new Hungry { Limit = 20, Seen = sizes.Add });
        var actual = Train(model, Options(auto: true));
        Assert.Empty(warnings);
        Assert.Contains("Memory is short: each batch of 64 is cut into 4 parts of at most 16 samples.", said);
        Assert.Equal([64, 32, 16, 16], sizes.Take(4));
        Assert.All(sizes.Skip(4), size => Assert.InRange(size, 1, 16));
        Assert.Equal(15, model.History.Count * 5);
        AssertNear(expected, actual);
        Assert.Equal(Weights(whole), Weights(model), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void WhereBatchesFitNothingIsOtherwise()
    {
        Layer[] layers = [new BatchNorm(), new Dropout { Probability = 0.3 }];
        using var whole = NewModel(new Hungry(), layers);
        Train(whole, Options());
        using var model = NewModel(new Hungry(), layers);
        Train(model, Options(auto: true));
        Assert.Equal(Weights(whole), Weights(model));
        Assert.Contains("Batches of 64 fit into memory.", said);
    }

    [Theory]
    [InlineData("Adam", 1)]
    [InlineData("Adam", 3)]
    [InlineData("LBFGS", 1)]
    public void AStepThatRunsOutLaterIsTakenAgainInParts(string optimizer, int accumulate)
    {
        var options = Options() with
        {
            Optimizer = optimizer == "LBFGS" ? new LBFGS { Iterations = 2, LineSearch = LineSearch.StrongWolfe }
                : new Adam(),
            AccumulateSteps = accumulate,
        };
        using var whole = NewModel(new Hungry());
        var expected = Train(whole, options);
        using var model = NewModel(new Hungry());
        var actual = Train(model, options with { AutoBatchSize = true }, callbacks: new ActionCallback
        {
            OnStep = session =>
            {
                if (session.TotalSteps == 2)
                    ((Hungry)model.Layers[1]).Limit = 33;
                if (session.TotalSteps == 4)
                    ((Hungry)model.Layers[1]).Limit = 10;
                return true;
            },
        });
        Assert.Equal(3, warnings.Count);
        Assert.Contains("2 parts of at most 32 samples", warnings[0]);
        Assert.Contains("8 parts of at most 8 samples", warnings[2]);
        AssertNear(expected, actual);
        Assert.Equal(expected.Select(record => record.LearningRate), actual.Select(record => record.LearningRate));
    }

    [Fact]
    public void AStepBeginsAgainAsItBegan()
    {
        Layer[] layers = [new BatchNorm(), new Dropout { Probability = 0.3 }];
        Augmentation[] augmentations = [new NumericNoise(), new Mixup()];
        var options = Options(auto: true) with { Augmentations = augmentations };
        var beforehand = NewModel(new Hungry { Limit = 32 }, layers);
        Train(beforehand, options);
        var later = NewModel(new Hungry(), layers);
        Train(later, options, callbacks: new ActionCallback { OnBegin = _ => ((Hungry)later.Layers[1]).Limit = 32 });
        Assert.Single(warnings);
        Assert.Equal(Weights(beforehand), Weights(later));
    }

    [Fact]
    public void BatchNormalisationSeesTwoSamplesOrMore()
    {
        using var model = NewModel(new Hungry { Limit = 4 }, new BatchNorm());
        Train(model, Options(auto: true) with { BatchSize = 6 }, Data.Take(Enumerable.Range(0, 61).ToArray()));
        using var none = NewModel(new Hungry { Limit = 1 }, new BatchNorm());
        Assert.Contains("so does one of 2.",
            Assert.Throws<DlException>(() => Train(none, Options(auto: true))).Message);
    }

    [Fact]
    public void DataThatIsStreamedIsCutToo()
    {
        var data = new Dataset(Data.Name, Data.Columns, Data.Label!.Name) { Budget = new MemoryBudget(8 << 10) };
        using var whole = NewModel(new Hungry());
        var expected = Train(whole, Options(), data);
        using var model = NewModel(new Hungry());
        var actual = Train(model, Options(auto: true), data, callbacks: new ActionCallback
        {
            OnStep = session =>
            {
                if (session.TotalSteps == 3)
                    ((Hungry)model.Layers[1]).Limit = 32;
                return true;
            },
        });
        Assert.Single(warnings);
        AssertNear(expected, actual);
    }

    [Fact]
    public void ValidationThatDoesNotFitIsDoneInParts()
    {
        var limited = new Hungry { LimitInUse = 70 };
        using var model = NewModel(limited);
        var record = Train(model, Options()).Last();
        using var free = NewModel(new Hungry());
        var expected = Train(free, Options()).Last();
        Assert.Equal(expected.ValidationLoss!.Value, record.ValidationLoss!.Value, 1e-6);
        Assert.Equal(Evaluator.Measure(free, Data).Loss, Evaluator.Measure(model, Data).Loss, 1e-6);
        limited.LimitInUse = 0;
        ((Hungry)model.Layers[1]).LimitInUse = 0;
        Assert.True(MemoryShortage.Is(Assert.ThrowsAny<Exception>(() => Evaluator.Measure(model, Data))));
    }

    [Fact]
    public void DataThatDoesNotFitSaysWhatToDo()
    {
        var error = Assert
            .Throws<DlException>(() => SampleSource.Of(Sets.Line(), DataPlan.Fit(Sets.Line()), new Greedy(), CPU));
        Assert.Equal("OutOfMemory", error.Id);
        Assert.Contains("64 samples of dataset 'line' do not fit into the memory of cpu (20.00 GiB were asked for at "
            + "last)", error.Message);
        Assert.Contains("-MemoryLimit", error.Message);
    }

    [Fact]
    public void AResumedTrainingKeepsItsParts()
    {
        Model Plain() => new([new Dense { Units = 16, Activation = new Tanh() }, new Dense { Units = 2 }], seed: 3);
        using var cancel = new CancellationTokenSource();
        var checkpoints = new CheckpointOptions(folder) { Resume = true };
        Train(Plain(), Options(auto: true), checkpoints: checkpoints, cancel: cancel.Token,
            callbacks: new ActionCallback
            {
                OnStep = session =>
                { if (session.TotalSteps == 7) cancel.Cancel(); return true; }
            });
        var file = Directory.GetFiles(folder, "*.dlcheckpoint").Order().Last();
        using (var checkpoint = Checkpoint.Read(file))
        {
            Assert.Equal(1, checkpoint.State.Long("parts"));
            checkpoint.State.Put("parts", 4L);
            checkpoint.Write(file);
        }

        using var model = Plain();
        Train(model, Options(auto: true), checkpoints: checkpoints);
        using var last = Checkpoint.Read(Directory.GetFiles(folder, "*.dlcheckpoint").Order().Last());
        Assert.Equal(4, last.State.Long("parts"));
        using var whole = Plain();
        AssertNear(Train(whole, Options()), model.History.ToArray());
        Assert.NotEqual(Weights(whole), Weights(model));
    }

    [Fact]
    public void ASolverTakesNoParts()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        Assert.Equal("OptimizerUse", Assert.Throws<DlException>(
            () => new Trainer(model, new TrainingOptions { Optimizer = new NormalEquation(), AutoBatchSize = true })
            .Run(Sets.Line()).Count()).Id);
    }

    /// <summary>Throws the error of torch for samples that do not fit on a GPU.</summary>
    private sealed record Greedy : NumberLoss
    {
        internal override string? Refuses(Array targets, Shape shape) =>
            throw new ExternalException("CUDA out of memory. Tried to allocate 20.00 GiB (GPU 0)");

        private protected override Tensor Losses(Tensor output, Tensor target,
            TorchSharp.torch.nn.Reduction reduction) => output;
    }
}
