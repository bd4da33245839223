using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class SeriesWindowTests
{
    [Fact]
    public void AWindowIsThePastAndItsLabelWhatComesNext()
    {
        var windows = Series.Plan(3, horizon: 2).Windows(Series.Hourly(1, 2, 3, 4, 5, 6));
        Assert.Equal(2, windows.Count);
        Assert.Equal([1, 2, 3], Series.Window(windows, 0));
        Assert.Equal([4, 5], Series.Target(windows, 0));
        Assert.Equal([2, 3, 4], Series.Window(windows, 1));
        Assert.Equal([5, 6], Series.Target(windows, 1));
        Assert.Equal(Series.Start.AddHours(4), Series.Time(windows, 1));
        Assert.Equal("Value", windows.Label!.Name);
        Assert.Equal("1h", ((WindowColumn)windows.Find("Window")!).Plan.Step!.ToString());
    }

    [Fact]
    public void StrideLeavesStepsBetweenWindows()
    {
        var windows = (Series.Plan(2) with { Stride = 3 })
            .Windows(Series.Hourly(Enumerable.Range(0, 12).Select(i => (double)i).ToArray()));
        Assert.Equal([2, 5, 8, 11], Enumerable.Range(0, windows.Count).Select(row => Series.Target(windows, row)[0]));
    }

    [Fact]
    public void TheOrderOfRowsDoesNotMatter()
    {
        var data = Series.Sines(40, "a", "b", "c");
        var order = Enumerable.Range(0, data.Count).ToArray();
        new Random(3).Shuffle(order);
        var plan = Series.Plan(5) with { Group = "Host" };
        var log = new List<string>();
        var (sorted, shuffled) = (plan.Windows(data), plan.Windows(data.Take(order), log.Add));
        Assert.Equal(3 * 35, sorted.Count);
        Assert.Equal(Enumerable.Range(0, sorted.Count).Select(row => Series.Window(sorted, row)),
            Enumerable.Range(0, sorted.Count).Select(row => Series.Window(shuffled, row)));
        Assert.Contains(log, line => line.Contains("sorted"));
    }

    [Fact]
    public void RowsOfOneStepAreAveraged()
    {
        var log = new List<string>();
        var data = new Dataset("twice",
        [
            new TimeColumn("Time", new[] { 0, 1, 1, 1, 2, 3 }.Select(hour => Series.Start.AddHours(hour).Ticks)
                .ToArray()),
            new NumberColumn("Value", [1, 2, 4, 9, 6, 7]),
        ]);
        var windows = Series.Plan(3).Windows(data, log.Add);
        Assert.Equal([1, 5, 6], Series.Window(windows, 0));
        Assert.Contains(log, line => line.StartsWith("2 rows fall"));
    }

    [Theory]
    [InlineData(GapRule.Interpolate, new double[] { 10, 20, 30, 40 })]
    [InlineData(GapRule.Hold, new double[] { 10, 10, 10, 40 })]
    public void ShortGapsAreFilled(GapRule rule, double[] expected)
    {
        var windows = (Series.Plan(4) with { Gap = rule }).Windows(Series.Hourly(10, double.NaN, double.NaN, 40, 41));
        Assert.Equal(1, windows.Count);
        Assert.Equal(expected, Series.Window(windows, 0));
    }

    [Theory]
    [InlineData(GapRule.Interpolate, 2)]
    [InlineData(GapRule.Split, 3)]
    public void NoWindowCrossesALongGap(GapRule rule, int maximum)
    {
        double[] values = [1, 2, 3, 4, double.NaN, double.NaN, double.NaN, 50, 51, 52];
        var windows = (Series.Plan(2) with { Gap = rule, MaximumGap = maximum }).Windows(Series.Hourly(values));
        Assert.Equal([3, 4, 52], Enumerable.Range(0, windows.Count).Select(row => Series.Target(windows, row)[0]));
        Assert.Equal([50, 51], Series.Window(windows, 2));
    }

    /// <summary>
    /// Filled values are not targets, and an interpolated last step would reveal the target.
    /// </summary>
    [Theory]
    [InlineData(GapRule.Interpolate)]
    [InlineData(GapRule.Hold)]
    public void TargetsWereMeasuredAndWindowsDoNotKnowThem(GapRule rule)
    {
        var values = Series.Random(400, 7);
        var missing = new Random(8);
        for (var i = 1; i < 400; i++)
            if (missing.NextDouble() < 0.2)
                values[i] = double.NaN;
        var windows = (Series.Plan(4, horizon: 2) with { Gap = rule }).Windows(Series.Hourly(values));
        Assert.InRange(windows.Count, 50, 300);
        for (var row = 0; row < windows.Count; row++)
        {
            var first = (int)(Series.Time(windows, row) - Series.Start).TotalHours;
            Assert.Equal(values[first..(first + 2)].Select(value => (double)(float)value), Series.Target(windows, row));
            var last = Series.Window(windows, row)[^1];
            Assert.Equal(rule is GapRule.Interpolate ? values[first - 1]
                : values[..first].Last(value => !double.IsNaN(value)), last);
        }
    }

    [Fact]
    public void TimesNearAGridAreOnIt()
    {
        var random = new Random(4);
        var ticks = Enumerable.Range(0, 500)
            .Select(i => Series.Start.AddMinutes(i).AddSeconds(random.NextDouble() * 20 - 10).Ticks).ToArray();
        var data = new Dataset("jitter", [new TimeColumn("Time", ticks),
            new NumberColumn("Value", Series.Random(500, 1))]);
        var windows = Series.Plan(10).Windows(data);
        Assert.Equal(490, windows.Count);
        Assert.Equal("1min", ((WindowColumn)windows.Find("Window")!).Plan.Step!.ToString());
        Assert.Equal(TimeSpan.FromMinutes(489), Series.Time(windows, 489) - Series.Time(windows, 0));
    }

    [Fact]
    public void ALongerStepCollectsRows()
    {
        var windows = (Series.Plan(1) with { Step = TimeStep.Parse("1d") })
            .Windows(Series.Hourly(Enumerable.Range(0, 72).Select(i => (double)i).ToArray()));
        Assert.Equal([11.5], Series.Window(windows, 0));
        Assert.Equal([35.5], Series.Target(windows, 0));
        Assert.Equal(Series.Start.AddDays(1), Series.Time(windows, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    public void MonthsAreSteps(int day)
    {
        var months = Enumerable.Range(0, 30).Select(month => new DateTime(2022, 1, 1).AddMonths(month)).ToArray();
        var ticks = months.Select(month => month.AddDays(
            Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)) - 1).Ticks).ToArray();
        var windows = Series.Plan(12)
            .Windows(new Dataset("months", [new TimeColumn("Time", ticks),
            new NumberColumn("Value", Series.Random(30, 1))]));
        Assert.Equal(18, windows.Count);
        Assert.Equal("1mo", ((WindowColumn)windows.Find("Window")!).Plan.Step!.ToString());
        Assert.Equal(ticks[12..], Enumerable.Range(0, 18).Select(row => Series.Time(windows, row).Ticks));
    }

    [Fact]
    public void TimesMayBeTextOrSeconds()
    {
        var text = new Dataset("text", [new CategoryColumn(
            "Time", [2, 0, 1], ["2024-01-02", "2024-01-03 00:00:00", "2024-01-01T00:00:00Z"]),
            new NumberColumn("Value", [1, 2, 3])]);
        var windows = Series.Plan(2).Windows(text);
        Assert.Equal([1, 2], Series.Window(windows, 0));
        Assert.Equal(new DateTime(2024, 1, 3), Series.Time(windows, 0));
        var seconds = new Dataset("seconds", [new NumberColumn("Time", [1704067200, 1704070800, 1704074400]),
            new NumberColumn("Value", [1, 2, 3])]);
        Assert.Equal(new DateTime(2024, 1, 1, 2, 0, 0), Series.Time(Series.Plan(2).Windows(seconds), 0));
    }

    /// <summary>
    /// All dates decide whether day or month is first; those of training decide it for a few new ones.
    /// </summary>
    [Fact]
    public void TheDayMayComeFirst()
    {
        static SeriesRowBuilder Rows(SeriesPlan plan, params string[] days)
        {
            var rows = new SeriesRowBuilder(plan);
            foreach (var (i, day) in days.Index())
                rows.Add(new Dictionary<string, object?> { ["Time"] = day, ["Value"] = i });
            return rows;
        }

        string[] days = ["09/01/2024", "10/01/2024", "11/01/2024", "12/01/2024", "13/01/2024", "14/01/2024"];
        var windows = Series.Plan(2).Windows(Rows(Series.Plan(2), days).Build("days"));
        Assert.Equal(4, windows.Count);
        Assert.Equal(new DateTime(2024, 1, 11), Series.Time(windows, 0));
        var known = DataPlan.FromJson(DataPlan.Fit(windows).ToJson()).Series!;
        Assert.Equal(new DateTime(2024, 1, 12), Series.Time(known.Windows(Rows(known, days[1..4]).Build("few")), 0));
    }

    [Fact]
    public void TheCalendarIsWhatVaries()
    {
        static IEnumerable<TimePart> Parts(Dataset data) =>
            ((WindowColumn)(Series.Plan(2) with { Calendar = null }).Windows(data).Find("Window")!).Plan.Calendar!;
        Assert.Equal([TimePart.DayOfWeek, TimePart.Hour], Parts(Series.Hourly(Series.Random(100, 1))));
        Assert.Equal([TimePart.DayOfWeek], Parts(Series.Of(TimeSpan.FromDays(1), Series.Random(100, 1))));
        Assert.Equal([TimePart.DayOfYear, TimePart.DayOfWeek],
            Parts(Series.Of(TimeSpan.FromDays(1), Series.Random(800, 1))));
        Assert.Equal([TimePart.Hour], Parts(Series.Hourly(1, 2, 3, 4)));

        var windows = (Series.Plan(1) with { Calendar = [TimePart.Hour] })
            .Windows(Series.Hourly(5, 6, 7, 8, 9, 10, 11, 12));
        Assert.Equal(7, Series.Window(windows, 2)[0]);
        Assert.Equal(0.5, Series.Window(windows, 2)[1], 1e-12);
        Assert.Equal(Math.Sqrt(0.75), Series.Window(windows, 2)[2], 1e-12);
    }

    [Fact]
    public void FeaturesAreInTheWindowBesideTheValue()
    {
        var data = new Dataset("two", [.. Series.Hourly(1, 2, 3, 4, 5).Columns,
            new NumberColumn("Users", [10, double.NaN, 30, 40, 50])]);
        var windows = (Series.Plan(3) with { Features = ["Users"] }).Windows(data);
        Assert.Equal([1, 10, 2, 20, 3, 30], Series.Window(windows, 0));
        Assert.Equal([4], Series.Target(windows, 0));
    }

    [Fact]
    public void ObjectsAreRows()
    {
        var rows = new SeriesRowBuilder(Series.Plan(2) with { Group = "Host" });
        for (var i = 0; i < 6; i++)
            rows.Add(new Dictionary<string, object?>
            {
                ["Time"] = Series.Start.AddHours(i / 2), ["Host"] = i % 2 == 0 ? "a" : "b", ["Value"] = $"{i}",
            });
        var windows = (Series.Plan(2) with { Group = "Host" }).Windows(rows.Build("objects"));
        Assert.Equal(["a", "b"], Enumerable.Range(0, 2).Select(row => (string)windows.Find("Host")![row]!));
        Assert.Equal([1, 3], Series.Window(windows, 1));
        Assert.Equal([5], Series.Target(windows, 1));

        DataFiles.Fails("ColumnNotFound", () => rows.Add(
            new Dictionary<string, object?> { ["Time"] = Series.Start, ["Host"] = "a" }));
        DataFiles.Fails("NotATime", () => rows.Add(
            new Dictionary<string, object?> { ["Time"] = "noon", ["Host"] = "a", ["Value"] = 1 }));
        DataFiles.Fails("NotANumber", () => rows.Add(
            new Dictionary<string, object?> { ["Time"] = Series.Start, ["Host"] = "a", ["Value"] = "many" }));
        Assert.Equal(6, rows.Count);
        DataFiles.Fails("EmptyDataset", () => new SeriesRowBuilder(Series.Plan(2)).Build("objects"));
    }

    /// <summary>Later rows are read in the format of the training file.</summary>
    [Fact]
    public void LaterRowsAreReadAsTheFileWas()
    {
        using var files = new DataFiles();
        var path = files.Write("load.csv", "Time;Value\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"2024-01-0{i};{i}.000,5\n")));
        var windows = Series.Plan(2)
            .Windows(CsvReader.Read(path, new CsvOptions { Decimal = ',', Thousands = '.', MissingValues = ["out"] }));
        var known = DataPlan.FromJson(DataPlan.Fit(windows).ToJson()).Series!;
        var rows = new SeriesRowBuilder(known);
        foreach (var (i, value) in new object[] { "1.500", "out", "2.500", "3.500,25" }.Index())
            rows.Add(new Dictionary<string, object?> { ["Time"] = Series.Start.AddDays(i), ["Value"] = value });
        Assert.Equal([1500, double.NaN, 2500, 3500.25],
            ((NumberColumn)rows.Build("new").Find("Value")!).Values.ToArray());
    }

    [Fact]
    public void WrongSettingsAreRefused()
    {
        var data = Series.Hourly(1, 2, 3, 4, 5);
        foreach (var plan in new[]
        {
            Series.Plan(0), Series.Plan(2, horizon: 0), Series.Plan(2) with { Stride = 0 },
                Series.Plan(2) with { MaximumGap = -1 }, Series.Plan(2) with { Season = 0 },
            Series.Plan(2) with { Features = ["value"] }, Series.Plan(2) with { Group = "Time" },
                Series.Plan(2) with { Value = "Window" },
        })
            DataFiles.Fails("InvalidSeries", () => plan.Windows(data));
        foreach (var text in new[] { "", "day", "0h", "-1d", "1.5mo", "1 fortnight", "99999999999y" })
            DataFiles.Fails("InvalidFrequency", () => TimeStep.Parse(text));
    }

    [Fact]
    public void WrongDataIsRefused()
    {
        var data = Series.Hourly(1, 2, 3, 4, 5);
        Assert.Contains("Time, Value", DataFiles.Fails(
            "ColumnNotFound", () => (Series.Plan(2) with { Value = "Valve" }).Windows(data)).Message);
        DataFiles.Fails("ColumnNotFound", () => (Series.Plan(2) with { Group = "Host" }).Windows(data));
        Assert.Contains("has 5 steps", DataFiles.Fails("SeriesTooShort", () => Series.Plan(5).Windows(data)).Message);
        DataFiles.Fails("NoFrequency", () => Series.Plan(1).Windows(data.Take([0])));
        DataFiles.Fails("NotATime", () => Series.Plan(1)
            .Windows(new Dataset("x", [new CategoryColumn("Time", [0, 1], ["10:30", "11:30"]),
            new NumberColumn("Value", [1, 2])])));
        DataFiles.Fails("NotANumber", () => Series.Plan(1)
            .Windows(new Dataset("x", [data.Columns[0], new CategoryColumn("Value", [0, 0, 0, 0, 0], ["ok"])])));
        DataFiles.Fails("EmptyDataset", () => Series.Plan(1)
            .Windows(new Dataset("x", [new TimeColumn("Time", [TimeColumn.None]), new NumberColumn("Value", [1])])));
    }

    [Theory]
    [InlineData("15m", "15min")]
    [InlineData("90 min", "90min")]
    [InlineData("24h", "1d")]
    [InlineData("7D", "1w")]
    [InlineData("01:30:00", "90min")]
    [InlineData("1.00:00:00", "1d")]
    [InlineData("0.5s", "500ms")]
    [InlineData("12mo", "1y")]
    [InlineData("3mo", "3mo")]
    [InlineData("5", "5")]
    [InlineData(" 0.25 ", "0.25")]
    public void FrequenciesAreReadAndWritten(string text, string written)
    {
        Assert.Equal(written, TimeStep.Parse(text).ToString());
        Assert.Equal(TimeStep.Parse(text), TimeStep.Parse(written));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    public void ANumberThatIsNoStepIsRefused(string text) =>
        DataFiles.Fails("InvalidFrequency", () => TimeStep.Parse(text));

    /// <summary>Rows of an index, whose steps are counted from 0.</summary>
    [Fact]
    public void AnIndexTakesANumberAsItsStep()
    {
        var index = new Dataset("x", [new NumberColumn("Time", Enumerable.Range(7, 70).Select(i => i + 0.0).ToArray()),
            new NumberColumn("Value", Enumerable.Range(7, 70).Select(i => i + 0.0).ToArray())]);
        var windows = (Series.Plan(3) with { Step = TimeStep.Parse("7") }).Windows(index);
        Assert.Equal("7", ((WindowColumn)windows.Find("Window")!).Plan.Step!.ToString());
        Assert.Equal([10.0, 17, 24], Series.Window(windows, 0));
        Assert.Equal([31.0], Series.Target(windows, 0));
        Assert.Equal(28.0, windows.Columns[0][0]);
        Assert.Contains("7min", DataFiles.Fails("InvalidFrequency", () => (Series.Plan(3) with
        {
            Step = TimeStep.Parse("7"),
        }).Windows(Series.Hourly(1, 2, 3, 4, 5))).Message);
    }

    /// <summary>The encoder scales each column as its settings say, and a model file keeps it.</summary>
    [Theory]
    [InlineData(Scaling.MinMax)]
    [InlineData(Scaling.Robust)]
    [InlineData(Scaling.Log)]
    [InlineData(Scaling.None)]
    public void AFeatureIsScaledAsItsSettingsSay(Scaling scaling)
    {
        var numbers = Series.Random(40, 3);
        var hourly = Series.Hourly(Series.Random(40, 4));
        var feature = new NumberColumn("Users", numbers).With(new ColumnSettings { Scaling = scaling });
        var windows = (Series.Plan(40 - 1) with { Features = ["Users"] })
            .Windows(new Dataset("x", [.. hourly.Columns, feature]));
        var plan = DataPlan.FromJson(DataPlan.Fit(windows).ToJson());
        var encoded = (float[])plan.Encode(windows, withLabel: false).Inputs[0].Values;
        var expected = NumberScale.Fit(scaling, numbers);
        for (var step = 0; step < 39; step++)
            Assert.Equal(expected.Of(numbers[step]), encoded[2 * step + 1]);
        Assert.Contains($"Users {expected.Description}", plan.Columns[1].Encoder, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsThatWindowsCannotHaveAreRefused()
    {
        void Fails(string says, ColumnSettings settings)
        {
            var data = Series.Hourly(1, 2, 3, 4, 5, 6);
            var column = data.Columns[1].With(settings);
            Assert.Contains(says, DataFiles.Fails("InvalidColumnSetting",
                () => Series.Plan(2).Windows(new Dataset("x", [data.Columns[0], column]))).Message);
        }

        Fails("-Log", new ColumnSettings { Scaling = Scaling.Log });
        Fails("-Gap", new ColumnSettings { Missing = MissingRule.Median });
        Fails("-Gap", new ColumnSettings { Fill = "0" });
    }
}
