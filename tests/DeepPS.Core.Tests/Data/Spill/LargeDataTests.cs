using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Rows many times larger than the memory limit give the same results as in memory.
/// </summary>
public sealed class LargeDataTests
{
    /// <summary>So small that columns, and numbers of rows too, are in files.</summary>
    private static readonly MemoryBudget Little = new(1 << 10);

    /// <summary>Columns of every kind that a file can hold, with some missing values.</summary>
    private static Dataset Mixed(int rows = 3000)
    {
        var random = new Random(11);
        T[] Draw<T>(Func<int, T> value, T missing, double share) =>
            Enumerable.Range(0, rows).Select(row => random.NextDouble() < share ? missing : value(row)).ToArray();
        double Number(int row) => Math.Round(1e3 * (random.NextDouble() - 0.5), row % 4);
        string[] many = Enumerable.Range(0, 30).Select(i => $"m{i}").ToArray();
        NumberColumn Numbers(string name, ColumnSettings settings) =>
            (NumberColumn)new NumberColumn(name, Draw(Number, double.NaN, 0.1)).With(settings);
        return new Dataset("mixed",
            [
                Numbers("plain", ColumnSettings.None),
                    Numbers("median", new ColumnSettings { Missing = MissingRule.Median, Scaling = Scaling.Robust }),
                Numbers("mode", new ColumnSettings { Missing = MissingRule.Mode, Scaling = Scaling.Log }),
                    Numbers("range", new ColumnSettings { Scaling = Scaling.MinMax }),
                new CategoryColumn("few", Draw(_ => random.Next(3), -1, 0.1), ["x", "y", "z"])
                    .With(new ColumnSettings { Missing = MissingRule.Mode }),
                new CategoryColumn("many", Draw(_ => random.Next(30), -1, 0.1), many),
                    new CategoryColumn("yes", Draw(_ => random.Next(2), -1, 0.1), ["no", "yes"]),
                new TimeColumn("when", Draw(row => new DateTime(2024, 1, 1).AddHours(7 * row).Ticks, TimeColumn.None,
                    0.1)).With(new ColumnSettings { Missing = MissingRule.Median }),
                new CategoryColumn("label", Draw(_ => random.Next(3), -1, 0.1), ["a", "b", "c"]),
                    new NumberColumn("weight", Draw(Number, 0, 0).Select(Math.Abs).ToArray()),
            ], "label", "weight");
    }

    /// <summary>The same rows in files.</summary>
    private static Dataset InFiles(Dataset data, MemoryBudget? budget = null) =>
        new Dataset(data.Name, data.Columns, data.Label?.Name, data.Weight?.Name) { Budget = budget ?? Little }.Take(
            Enumerable.Range(0, data.Count).ToArray());

    /// <summary>A step that evaluates its samples again has them all in memory, or fails with an error.</summary>
    [Fact]
    public void AStepOverTwoWindowsIsNotTakenAgain()
    {
        var data = InFiles(new Blobs { Count = 400 }.Generate(1));
        TrainingOptions Options(int accumulate) => new()
        {
            Optimizer = new LBFGS { Iterations = 2 }, Epochs = 1, BatchSize = 32, AccumulateSteps = accumulate,
        };
        using var model = new Model([new Dense { Units = 3 }]);
        Assert.Single(new Trainer(model, Options(1)).Run(data));
        Assert.Contains("-AccumulateSteps 1", DataFiles.Fails(
            "OptimizerUse", () => new Trainer(model, Options(100)).Run(data).ToArray()).Message);
    }

    [Fact]
    public void ThePlanIsThatOfMemory()
    {
        var data = Mixed();
        var filed = InFiles(data);
        Assert.NotNull(((NumberColumn)filed.Columns[0]).Store.Budget);
        Assert.Equal(DataPlan.Fit(data).ToJson().ToJsonString(), DataPlan.Fit(filed).ToJson().ToJsonString());
        Assert.Equal(DataFingerprint.Of(data, null).ToJsonString(), DataFingerprint.Of(filed, null).ToJsonString());
        Assert.Equal(data.Columns[^1].Describe(), filed.Columns[^1].Describe());
    }

    [Fact]
    public void WhatIsEncodedIsThatOfMemory()
    {
        var data = Mixed();
        var plan = DataPlan.Fit(data);
        var (whole, filed) = (plan.Encode(data, withLabel: true), plan.Encode(InFiles(data), withLabel: true));
        Assert.Equal((float[])whole.Inputs[0].Values, (float[])filed.Inputs[0].Values);
        Assert.Equal((long[])whole.Targets!, (long[])filed.Targets!);
        Assert.Equal(whole.Weights, filed.Weights);
        Assert.True(whole.Dropped > 0);
        Assert.Equal(whole.Dropped, filed.Dropped);
    }

    [Fact]
    public void NumbersAsNamesAreThoseOfMemory()
    {
        var numbers = new NumberColumn("n", Enumerable.Range(0, 400).Select(i => i % 3 == 0 ? double.NaN : i % 5 / 2.0)
            .ToArray());
        // Ten different texts fit.
        var budget = new MemoryBudget(8 << 10);
        var filed = (NumberColumn)InFiles(new Dataset("n", [numbers]), budget).Columns[0];
        Assert.NotNull(filed.Store.Budget);
        foreach (var kind in new[] { LabelKind.Class, LabelKind.Number })
        {
            var (whole, large) =
                (LabelColumn.Decide(numbers, kind, false, null), LabelColumn.Decide(filed, kind, false, null));
            Assert.Equal(Enumerable.Range(0, 400).Select(row => whole[row]),
                Enumerable.Range(0, 400).Select(row => large[row]));
        }

        var all = InFiles(new Dataset("n", [new NumberColumn(
            "n", Enumerable.Range(0, 400).Select(i => i / 7.0).ToArray())]), budget);
        var error = DataFiles.Fails("TooManyLevels",
            () => LabelColumn.Decide(all.Columns[0], LabelKind.Class, false, null));
        Assert.Contains("-MemoryLimit", error.Message);
        // A summary has as much as is known.
        Assert.Equal([null, 0.0], ColumnSummary.Of(all)
            .Select(column => new object?[] { column.Distinct, column.Minimum }).Single());
    }

    /// <summary>NumPy's percentile of sorted numbers.</summary>
    private static double Percentile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : double.Lerp(sorted[below], sorted[below + 1], place - below);
    }

    [Property(MaxTest = 200)]
    public void QuantilesAreThoseOfSortedNumbers(double[] numbers, PositiveInt places)
    {
        double[] shares = [0, 0.25, 0.5, 0.75, 1];
        foreach (var values in new[] { numbers, Array.ConvertAll(
            numbers, number => Math.Round(number, places.Get % 3)) })
        {
            var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
            Assert.Equal(sorted.Length == 0 ? [] : shares.Select(share => Percentile(sorted, share)),
                Quantiles.Of(values, shares));
        }
    }

    [Fact]
    public void DrawnRowsAreThoseOfMemory()
    {
        TorchRuntime.Ensure();
        int[] Take(MemoryBudget? budget)
        {
            using var draw = new ClassDraw([1, 0, 1, 2, 2, 1, 0, 2, 2, 1], budget);
            using var generator = new Generator(3);
            using var drawn = draw.Take(150_000, generator);
            return drawn.Span.ToArray();
        }

        Assert.Equal(Take(null), Take(Little));
        // Samples drawn in chunks equal those drawn at once.
        using var scope = NewDisposeScope();
        using var whole = new Generator(3);
        var chances = empty(new[] { 300_000L }, ScalarType.Float64).uniform_(0, 1, whole).data<double>().ToArray();
        int[] classes = [1, 0, 1, 2, 2, 1, 0, 2, 2, 1];
        Assert.Equal(chances.Chunk(2).Select(pair => (int)(3 * pair[0])), Take(null).Select(row => classes[row]));
    }

    [Theory]
    [InlineData(24 << 20)]
    [InlineData(1 << 20)]
    [InlineData(100_000)]
    public void EachSampleComesOnceFromBlocksOfAnySize(int limit)
    {
        TorchRuntime.Ensure();
        var places = Enumerable.Range(0, 1_000_003).Select(i => (double)i).ToArray();
        var data = new Dataset("rows", [new NumberColumn("Place", places), new NumberColumn("y", places)], "y")
        {
            Budget = new MemoryBudget(limit),
        };
        var plan = DataPlan.Fit(data);
        using var scope = NewDisposeScope();
        using var samples = Assert.IsType<StreamedData>(SampleSource.Of(data, plan, new MSELoss(), CPU));
        using var generator = new Generator(5);
        using var order = samples.Open(1000, generator);
        var rows = Enumerable.Range(0, 1001).SelectMany(i =>
        {
            using var step = NewDisposeScope();
            return order.Take(i * 1000, Math.Min(1000, 1_000_003 - i * 1000)).Inputs[0].data<float>().ToArray();
        }).Select(value => Math.Round(value * plan.Label!.Scale + plan.Label.Mean)).ToArray();
        Assert.Equal(places, rows.Order());
        Assert.True(rows[..1000].Max() - rows[..1000].Min() > 500_000);
    }

    [Fact]
    public void WhatOneArrayDoesNotHoldIsStreamedThoughThereIsMemory()
    {
        var column = new ImageFileColumn("Image", Enumerable.Repeat("none.png", 50).ToArray(), new Shape(3, 4096, 4096),
            new ImagePreparation());
        var data = new Dataset("large", [column,
            new CategoryColumn("y", Enumerable.Range(0, 50).Select(i => i % 2).ToArray(), ["a", "b"])], "y");
        using var source = SampleSource.Of(data, DataPlan.Fit(data), new CrossEntropy(), CPU);
        Assert.IsType<StreamedData>(source);
        Assert.Equal(50, source.Count);
    }

    [Fact]
    public void MoreRowsThanCanBeNumberedAreRefused()
    {
        Assert.Equal(RowCount.Most, RowCount.Sum(RowCount.Most - 5, 5));
        Assert.Contains("2,000,000,000", DataFiles.Fails("TooManyRows", () => RowCount.Sum(RowCount.Most, 1)).Message);
        DataFiles.Fails("TooManyRows", () => RowCount.Sum(5, int.MaxValue));
    }

    [Fact]
    public void AFolderThatIsNotThereIsSaidBeforeRowsAreDealt()
    {
        var data = new Dataset("rows", Mixed().Columns, "label")
        {
            Budget = Little with { Folder = Path.Combine(Path.GetTempPath(), "not", "there") },
        };
        DataFiles.Fails("SpillFailed", () => DatasetSplitter.Split(data, new SplitOptions { Test = 0.2 }));
    }

    [Fact]
    public void ScratchIsZeroAndTakesValuesInAFileAsInMemory()
    {
        foreach (var budget in new[] { null, Little })
        {
            using var scratch = new ScratchArray<long>(10_000, budget);
            Assert.Equal(-1, scratch.Span.IndexOfAnyExcept(0));
            for (var i = 0; i < scratch.Count; i++)
                scratch.Span[i] = -i;
            scratch.Span.Sort();
            Assert.Equal(Enumerable.Range(-9_999, 10_000).Select(i => (long)i), scratch.Span.ToArray());
        }
    }
}
