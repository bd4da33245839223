using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Data that does not fit into its memory budget: columns in files, samples loaded window by window.
/// </summary>
public sealed class DataStreamTests
{
    /// <summary>Row numbers as input, whose half is the label; the budget holds a few hundred rows.</summary>
    private static Dataset Numbered(int rows, long? limit = 64 << 10, bool withGap = false) => new("rows",
        [
            new NumberColumn("Place", Enumerable.Range(0, rows).Select(i => (double)i).ToArray()),
            new NumberColumn("Half", Enumerable.Range(0, rows).Select(i => withGap && i % 3 == 1 ? double.NaN : i / 2.0)
                .ToArray()),
        ], "Half")
    {
        Budget = limit is { } bytes ? new MemoryBudget(bytes) : null,
    };

    private static double[] Pass(
        Dataset data, int batchSize, int? seed, Func<int, IEnumerable<(int First, int Size)>>? batches = null)
    {
        TorchRuntime.Ensure();
        var plan = DataPlan.Fit(data);
        using var scope = NewDisposeScope();
        using var samples = SampleSource.Of(data, plan, new MSELoss(), CPU);
        using var generator = new Generator((ulong)(seed ?? 0));
        using var order = samples.Open(batchSize, seed is null ? null : generator);
        batches ??= count => Enumerable.Range(0, (count + batchSize - 1) / batchSize)
            .Select(i => (i * batchSize, Math.Min(batchSize, count - i * batchSize)));
        var (mean, scale) = Standardization.Of((
            (NumberColumn)plan.Usable(data, withLabel: true, null).Kept.Columns[0]).Values);
        return batches(samples.Count).SelectMany(batch =>
        {
            var taken = order.Take(batch.First, batch.Size);
            Assert.Equal([batch.Size, 1], taken.Inputs[0].shape);
            return taken.Inputs[0].data<float>().ToArray().Select(value => Math.Round(value * scale + mean));
        }).ToArray();
    }

    [Fact]
    public void UnshuffledTheSamplesComeAsTheyLie()
    {
        Assert.IsType<StreamedData>(SampleSource.Of(Numbered(5000), DataPlan.Fit(Numbered(5000)), new MSELoss(), CPU));
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (double)i), Pass(Numbered(5000), 32, seed: null));
    }

    [Fact]
    public void ShuffledEachSampleComesOnceAndFromAllOver()
    {
        var rows = Pass(Numbered(5003), 32, seed: 1);
        Assert.Equal(Enumerable.Range(0, 5003).Select(i => (double)i), rows.Order());
        Assert.Equal(rows, Pass(Numbered(5003), 32, seed: 1));
        Assert.NotEqual(rows, Pass(Numbered(5003), 32, seed: 2));
        // Within the first batches there are rows of blocks far apart, and neighbours are apart.
        Assert.True(rows[..320].Max() - rows[..320].Min() > 600);
        Assert.True(rows.Zip(rows.Skip(1)).Count(pair => pair.Second == pair.First + 1) < 200);
    }

    [Fact]
    public void RowsSortedByClassAreMixedInEveryWindow()
    {
        // 64 KiB hold a few hundred of the rows, of ten classes one after the other.
        var rows = Pass(Numbered(40_000), 32, seed: 8);
        foreach (var window in rows.Chunk(256))
        {
            var classes = window.CountBy(row => (int)(row / 4000)).ToDictionary();
            Assert.All(Enumerable.Range(0, 10), own => Assert.InRange(classes.GetValueOrDefault(own), 1, 80));
        }
    }

    [Fact]
    public void ALoneLastSampleJoinsTheBatchBeforeIt()
    {
        // The window holds a whole number of batches, so that the single sample would start another window.
        var data = Numbered(641);
        var rows = Pass(data, 64, seed: 3, _ => Enumerable.Range(0, 10).Select(i => (i * 64, i == 9 ? 65 : 64)));
        Assert.Equal(Enumerable.Range(0, 641).Select(i => (double)i), rows.Order());
    }

    [Fact]
    public void ABatchMayBeTakenAgain()
    {
        var rows = Pass(Numbered(2000), 50, seed: 4, _ => [(0, 50), (50, 50), (50, 50), (1900, 50), (1900, 50)]);
        Assert.Equal(rows[50..100], rows[100..150]);
        Assert.Equal(rows[150..200], rows[200..]);
    }

    [Fact]
    public void RowsWithoutALabelAreLeftOutBeforeWindowsAreMade() =>
        Assert.Equal(Enumerable.Range(0, 5000).Where(i => i % 3 != 1).Select(i => (double)i),
            Pass(Numbered(5000, withGap: true), 32, seed: null));

    [Fact]
    public void ASplitOfLargeDataLiesInFilesAndHasTheSameRows()
    {
        var options = new SplitOptions { Validation = 0.2, Test = 0.1, Seed = 5 };
        var split = DatasetSplitter.Split(Numbered(50_000), options);
        var whole = DatasetSplitter.Split(Numbered(50_000, limit: null), options);
        foreach (var (part, same) in new[] { (split.Train, whole.Train), (split.Validation!, whole.Validation!),
            (split.Test!, whole.Test!) })
        {
            Assert.Equal(((NumberColumn)same.Columns[0]).Values, ((NumberColumn)part.Columns[0]).Values);
            Assert.Equal(((NumberColumn)same.Columns[1]).Values, ((NumberColumn)part.Columns[1]).Values);
            Assert.NotNull(part.Budget);
        }
    }

    [Fact]
    public void ItLearnsAsItDoesFromMemory()
    {
        EpochRecord Train(long? limit)
        {
            using var model = new Model([new Dense { Units = 1 }]);
            var split = DatasetSplitter.Split(Numbered(20_000, limit), new SplitOptions { Validation = 0.1, Seed = 6 });
            var options = new TrainingOptions { Epochs = 3, Seed = 7, Optimizer = new Adam { LearningRate = 0.01 } };
            return new Trainer(model, options).Run(split.Train, split.Validation, split.Plan).Last();
        }

        var (streamed, whole) = (Train(256 << 10), Train(null));
        Assert.True(streamed.Loss < 1e-4, $"{streamed.Loss}");
        Assert.True(whole.Loss < 1e-4, $"{whole.Loss}");
        Assert.Equal(streamed.Loss, Train(256 << 10).Loss);
    }

    [Fact]
    public void ClassesAreCountedForTheirWeights()
    {
        var codes = Enumerable.Range(0, 20_000).Select(i => i % 10 == 0 ? 1 : 0).ToArray();
        var data = new Dataset("set", [new NumberColumn("x", codes.Select(code => code + 0.5).ToArray()),
            new CategoryColumn("y", codes, ["a", "b"])], "y")
        {
            Budget = new MemoryBudget(64 << 10),
        };
        Assert.Equal([18_000, 2_000], DataPlan.Fit(data).Label!.ClassCounts(data));
    }

    [Fact]
    public void AFolderThatIsNotThereIsSaid()
    {
        var data = new Dataset("rows", Numbered(50_000).Columns, "Half")
        {
            Budget = new MemoryBudget(1000, Path.Combine(Path.GetTempPath(), "not", "there")),
        };
        var error = DataFiles.Fails("SpillFailed", () => data.Take(Enumerable.Range(0, 40_000).ToArray()));
        Assert.Contains("-CachePath", error.Message);
    }

    [Fact]
    public void AFileThatIsLargerThanItsMemoryIsReadTheSame()
    {
        var path = Path.Combine(Path.GetTempPath(), $"deepps-large-{Guid.NewGuid():N}.csv");
        try
        {
            var rows = Enumerable.Range(0, 50_000).Select(i =>
            {
                var number = i % 9 == 0 ? "NA" : FormattableString.Invariant($"{i / 7.0}");
                var late = i == 49_999 ? "x7" : $"{i % 5:000}";
                return $"{number},{"abc"[i % 3]},{new DateTime(2020, 1, 1).AddHours(i):s},{late},ticket {i}";
            });
            File.WriteAllLines(path, rows.Prepend("n,c,t,late,id"));
            var whole = CsvReader.Read(path, new CsvOptions { Label = "c" });
            var streamed = CsvReader.Read(path, new CsvOptions { Label = "c", MemoryLimit = 1 << 20 });
            Assert.Null(whole.Budget);
            Assert.NotNull(streamed.Budget);
            Assert.Equal(["Number", "Category", "Time", "Category", "Category"],
                streamed.Columns.Select(column => column.Kind));
            foreach (var (a, b) in whole.Columns.Zip(streamed.Columns).SkipLast(1))
            {
                Assert.Equal(a.Missing, b.Missing);
                Assert.All(Enumerable.Range(0, 5_000), i => Assert.Equal(a[i * 10 + 9], b[i * 10 + 9]));
            }

            Assert.Equal("001", streamed.Columns[3][1]);
            // That many different texts are not kept.
            Assert.Contains(DataPlan.Fit(streamed).Columns,
                column => column is { Name: "id", Role: ColumnRole.LeftOut });
            Assert.Contains("too many for the memory", DataPlan.Fit(streamed).Columns[4].Reason!);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
