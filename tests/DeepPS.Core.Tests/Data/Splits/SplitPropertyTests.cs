using DeepPS.Common;
using DeepPS.Data;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DeepPS.Tests;

/// <summary>Properties of every split, whatever the data.</summary>
public sealed class SplitPropertyTests
{
    /// <summary>
    /// Rows whose column Row is their number, with classes, groups (some missing), times with ties and named parts.
    /// </summary>
    private static Dataset Rows(int count, int seed, int classes = 3, int groups = 5)
    {
        var random = new Random(seed);
        int[] Draw(int from, int to) => Enumerable.Range(0, count).Select(_ => random.Next(from, to)).ToArray();
        // At least two rows of each class.
        var codes = Draw(-1, classes).Select((code, row) => row < 2 * classes ? row % classes : code).ToArray();
        return new Dataset("rows",
            [
                new NumberColumn("Row", Enumerable.Range(0, count).Select(row => row + 0.5).ToArray()),
                new CategoryColumn("Class", codes, Enumerable.Range(0, classes).Select(i => $"c{i}").ToArray()),
                new CategoryColumn("Host", Draw(-1, groups),
                    Enumerable.Range(0, groups).Select(i => $"h{i}").ToArray()),
                new NumberColumn("Site", Draw(0, groups).Select(i => (double)i).ToArray()),
                new NumberColumn("Day", Draw(0, 1 + count / 3).Select(day => (double)day).ToArray()),
                new CategoryColumn("Part", Draw(0, 3), ["Train", "val", "TEST "]),
            ], "Class");
    }

    private static int[] Numbers(Dataset? part) =>
        part is null ? [] : ((NumberColumn)part.Find("Row")!).Values.ToArray().Select(row => (int)row).ToArray();

    private static int[][] Parts(Split split) => [Numbers(split.Train), Numbers(split.Validation), Numbers(split.Test)];

    private static object?[] Values(Dataset? part, string column) =>
        part is null ? [] : Enumerable.Range(0, part.Count).Select(row => part.Find(column)![row]).ToArray();

    /// <summary>A split, or null where the data is too small for it, which must be the error.</summary>
    private static T? Made<T>(Func<T> split)
        where T : class
    {
        try
        {
            return split();
        }
        catch (DlException e) when (e.Id is "EmptyPart" or "InvalidFold" or "RareClass")
        {
            return null;
        }
    }

    private static void CheckParts(Dataset data, Split split)
    {
        Assert.Equal(Enumerable.Range(0, data.Count), Parts(split).SelectMany(rows => rows).Order());
        Assert.All(Parts(split), rows => Assert.Equal(rows.Order(), rows));
        // The plan holds nothing of validation or test.
        Assert.Equal(DataPlan.Fit(split.Train).ToJson().ToJsonString(), split.Plan.ToJson().ToJsonString());
    }

    private static void CheckGroups(Split split, string column)
    {
        var parts = new[] { split.Train, split.Validation, split.Test }.Select(
            part => Values(part, column).Distinct().ToArray()).ToArray();
        Assert.Equal(parts.Sum(part => part.Length), parts.SelectMany(part => part).Distinct().Count());
    }

    [Property(MaxTest = 60)]
    public void PartsAreDisjointAndComplete(PositiveInt size, int seed, bool stratify, bool validation)
    {
        var data = Rows(size.Get + 10, seed);
        foreach (var (group, time) in new (string?, string?)[] { (null, null), ("Host", null), ("Site", null),
            (null, "Day") })
        {
            var options = new SplitOptions
            {
                Validation = validation ? 0.2 : 0, Test = 0.3, Seed = seed,
                Stratify = stratify, Group = group, Time = time,
            };
            if (Made(() => DatasetSplitter.Split(data, options)) is not { } split)
                continue;
            CheckParts(data, split);
            Assert.Equal(validation, split.Validation is not null);
            Assert.NotNull(split.Test);
            if (group is not null)
                CheckGroups(split, group);
            Assert.Equal(Parts(split), Parts(DatasetSplitter.Split(data, options)));
        }
    }

    /// <summary>With the numbers of rows in files, each row goes to the same part as in memory.</summary>
    [Property(MaxTest = 25)]
    public void RowsInFilesGoWhereTheyGoInMemory(PositiveInt size, int seed, bool stratify, bool validation)
    {
        var data = Rows(100 + size.Get, seed);
        var filed = new Dataset(data.Name, data.Columns, "Class") { Budget = new MemoryBudget(64) };
        foreach (var (group, time, by) in new (string?, string?, string?)[] { (null, null, null), ("Host", null, null),
            (null, "Day", null), (null, null, "Part") })
        {
            var options = new SplitOptions
            {
                Validation = validation && by is null ? 0.2 : 0,
                Test = by is null ? 0.3 : 0, Seed = seed, Stratify = stratify, Group = group, Time = time, By = by,
            };
            var (whole, parts) =
                (Made(() => DatasetSplitter.Split(data, options)), Made(() => DatasetSplitter.Split(filed, options)));
            Assert.Equal(whole is null, parts is null);
            if (whole is null || parts is null)
                continue;
            Assert.NotNull(((NumberColumn)parts.Train.Columns[0]).Store.Budget);
            CheckParts(filed, parts);
            Assert.Equal(Parts(whole), Parts(parts));
            if (time is not null || by is not null)
                continue;
            var folds = DatasetSplitter.Folds(filed, options with { Test = 0 }, 3).Select(Parts);
            Assert.Equal(DatasetSplitter.Folds(data, options with { Test = 0 }, 3).Select(Parts), folds);
        }
    }

    [Property(MaxTest = 60)]
    public void TimeNeverRunsBack(PositiveInt size, int seed, bool validation)
    {
        var data = Rows(size.Get + 10, seed);
        if (Made(() => DatasetSplitter.Split(data,
            new SplitOptions { Validation = validation ? 0.2 : 0, Test = 0.3, Time = "Day" })) is not { } split)
            return;
        var days = new[] { split.Train, split.Validation, split.Test }.OfType<Dataset>()
            .Select(part => Values(part, "Day").Cast<double>().ToArray()).ToArray();
        foreach (var (earlier, later) in days.Zip(days.Skip(1)))
            Assert.True(earlier.Max() < later.Min());
    }

    [Property(MaxTest = 30)]
    public void AColumnNamesTheParts(PositiveInt size, int seed)
    {
        var data = Rows(size.Get + 10, seed);
        if (Made(() => DatasetSplitter.Split(data, new SplitOptions { By = "part" })) is not { } split)
            return;
        CheckParts(data, split);
        Assert.All(Values(split.Train, "Part"), part => Assert.Equal("Train", part));
        Assert.All(Values(split.Validation, "Part"), part => Assert.Equal("val", part));
        Assert.All(Values(split.Test, "Part"), part => Assert.Equal("TEST ", part));
    }

    [Property(MaxTest = 40)]
    public void EachRowIsInTheTestOfOneFold(PositiveInt size, int seed, bool stratify, bool grouped, bool validation)
    {
        var data = Rows(size.Get + 12, seed, groups: 7);
        var folds = 2 + (size.Get + (seed & 3)) % 4;
        var options = new SplitOptions
        {
            Validation = validation ? 0.25 : 0, Seed = seed, Stratify = stratify, Group = grouped ? "Host" : null,
        };
        if (Made(() => DatasetSplitter.Folds(data, options, folds, 2).ToArray()) is not { } splits)
            return;
        Assert.Equal(2 * folds, splits.Length);
        foreach (var repeat in splits.GroupBy(split => split.Repeat))
        {
            Assert.Equal(Enumerable.Range(1, folds), repeat.Select(split => split.Fold!.Value));
            Assert.Equal(Enumerable.Range(0, data.Count), repeat.SelectMany(split => Numbers(split.Test)).Order());
        }

        foreach (var split in splits)
        {
            CheckParts(data, split);
            Assert.Equal(validation, split.Validation is not null);
            if (grouped)
                CheckGroups(split, "Host");
        }
    }

    [Property(MaxTest = 40)]
    public void FoldsHaveClassesWithinARow(PositiveInt size, int seed)
    {
        var data = Rows(size.Get + 12, seed);
        var folds = 2 + size.Get % 4;
        var tests = DatasetSplitter.Folds(data, new SplitOptions { Seed = seed }, folds)
            .Select(split => Values(split.Test, "Class")).ToArray();
        Assert.True(tests.Max(test => test.Length) - tests.Min(test => test.Length) <= 1);
        foreach (var level in new[] { "c0", "c1", "c2" })
        {
            var counts = tests.Select(test => test.Count(value => Equals(value, level))).ToArray();
            Assert.True(counts.Max() - counts.Min() <= 1, $"{level}: {string.Join(", ", counts)}");
        }
    }

    /// <summary>The plan does not depend on the rows of validation and test.</summary>
    [Property(MaxTest = 30)]
    public void ThePlanKnowsTheTrainingPartAlone(PositiveInt size, int seed, bool fold)
    {
        var data = Rows(size.Get + 20, seed);
        var options = new SplitOptions { Validation = 0.2, Test = fold ? 0 : 0.2, Seed = seed };
        Split Make(Dataset from) =>
            fold ? DatasetSplitter.Folds(from, options, 3).First() : DatasetSplitter.Split(from, options);
        var split = Make(data);
        var train = Numbers(split.Train).ToHashSet();
        var changed = new Dataset("rows", data.Columns.Select(column => column is NumberColumn numbers
            ? new NumberColumn(column.Name, numbers.Values.ToArray()
                .Select((value, row) => train.Contains(row) ? value : double.NaN).ToArray())
            : column).ToArray(), "Class");
        Assert.Equal(split.Plan.ToJson().ToJsonString(), Make(changed).Plan.ToJson().ToJsonString());
    }
}
