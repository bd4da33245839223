using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataObjectTests
{
    private static Dictionary<string, object?> Row(params (string, object?)[] values) =>
        values.ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static Dataset Build(
        string? label = null, LabelKind? kind = null, Action<string>? log = null, params IEnumerable<
        Dictionary<string, object?>> rows)
    {
        var builder = new DatasetBuilder(log);
        foreach (var row in rows)
            builder.Add(row);
        return builder.Build("objects", label, kind);
    }

    [Fact]
    public void NumbersOfEveryType()
    {
        object[] values =
        [
            (byte)1, (sbyte)1, (short)1, (ushort)1, 1, 1u, 1L, 1ul, 1f, 1.0, 1m, (Half)1, (nint)1, (nuint)1, (Int128)1,
                (UInt128)1,
            System.Numerics.BigInteger.One, TimeSpan.FromSeconds(1), "1", " 1.0 ",
        ];
        var column = Assert.IsType<NumberColumn>(Build(rows: values.Select(value => Row(("x", value)))).Columns[0]);
        Assert.All(column.Values.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void TextBooleansAndEnumerationsAreCategories()
    {
        var data = Build(rows:
        [
            Row(("flag", true), ("day", DayOfWeek.Friday), ("text", "b"), ("mixed", 1.5)),
            Row(("flag", false), ("day", null), ("text", "NA"), ("mixed", "007")),
            Row(("FLAG", true), ("day", DayOfWeek.Monday), ("text", ""), ("mixed", "x")),
        ]);
        Assert.Equal(["True", "False"], ((CategoryColumn)data.Columns[0]).Levels);
        Assert.Equal([0, 1, 0], ((CategoryColumn)data.Columns[0]).Codes);
        Assert.Equal(["Friday", "Monday"], ((CategoryColumn)data.Columns[1]).Levels);
        Assert.Equal(2, data.Columns[2].Missing);
        Assert.Equal(["1.5", "007", "x"], ((CategoryColumn)data.Columns[3]).Levels);
    }

    [Fact]
    public void PropertiesMayBeAbsent()
    {
        var data = Build(rows: [Row(("a", 1)), Row(("b", "x")), Row(("a", 3), ("b", "y"))]);
        Assert.Equal(3, data.Count);
        Assert.Equal(1, data.Columns[0].Missing);
        Assert.Equal([-1, 0, 1], ((CategoryColumn)data.Columns[1]).Codes);
    }

    [Fact]
    public void OtherObjectsAreLeftOutAndTold()
    {
        var log = new List<string>();
        var data = Build(log: log.Add, rows: [Row(("x", 1), ("what", new object()), ("list", new[] { new object() })),
            Row(("x", double.PositiveInfinity), ("what", null), ("list", null))]);
        Assert.Equal(["x"], data.Columns.Select(c => c.Name));
        Assert.Equal(1, data.Columns[0].Missing);
        Assert.Contains(log, line => line.Contains("'what'") && line.Contains("objects of type Object"));
        Assert.Contains(log, line => line.Contains("'list'") && line.Contains("arrays of objects of type"));
        Assert.Contains(log, line => line.Contains("infinite"));
    }

    [Fact]
    public void PointsInTimeOfEveryType()
    {
        var data = Build(rows:
        [
            Row(("a", new DateTime(2024, 5, 1, 12, 30, 0)), ("b", "2024-05-01T12:30:00+02:00"), ("c", "NA"),
                ("d", "1/2/2024"), ("e", "x")),
            Row(("a", new DateTimeOffset(2024, 5, 1, 12, 30, 0, TimeSpan.FromHours(2))), ("b", "1 May 2024"),
                ("c", new DateOnly(2024, 5, 1)), ("d", "31/12/2024"), ("e", DateTime.UnixEpoch)),
            Row(("a", new DateOnly(2024, 5, 1)), ("b", null), ("c", "2024-05-02"), ("d", ""), ("e", 1)),
            Row(("a", new TimeOnly(12, 30)), ("b", ""), ("c", null), ("d", null), ("e", "y")),
            Row(("a", "2024-05-01")),
        ]);
        var noon = new DateTime(2024, 5, 1, 12, 30, 0);
        Assert.Equal([noon, noon.AddHours(-2), noon.Date, new DateTime(1, 1, 1, 12, 30, 0), noon.Date],
            Values(data.Columns[0]));
        Assert.Equal([noon.AddHours(-2), noon.Date, null, null, null], Values(data.Columns[1]));
        Assert.Equal([null, noon.Date, noon.Date.AddDays(1), null, null], Values(data.Columns[2]));
        Assert.Equal([new DateTime(2024, 2, 1), new DateTime(2024, 12, 31), null, null, null], Values(data.Columns[3]));
        Assert.True(data.Columns[3].DayFirst);
        Assert.Null(data.Columns[0].DayFirst);
        Assert.Equal(["x", "1970-01-01T00:00:00", "1", "y"], ((CategoryColumn)data.Columns[4]).Levels);

        static IEnumerable<DateTime?> Values(Column column)
        {
            var times = Assert.IsType<TimeColumn>(column);
            return Enumerable.Range(0, times.Count).Select(row => (DateTime?)times[row]).ToArray();
        }
    }

    [Fact]
    public void FollowsGivenKinds()
    {
        var settings = new Dictionary<string, ColumnSettings>
        {
            ["DAY"] = new() { Kind = ColumnKind.Time }, ["code"] = new() { Kind = ColumnKind.Category },
            ["on"] = new() { Kind = ColumnKind.Boolean },
            ["when"] = new() { Kind = ColumnKind.Category }, ["no"] = new() { Kind = ColumnKind.Ignore },
            ["n"] = new() { Kind = ColumnKind.Number },
        };
        Dataset Built(params (string, object?)[] row)
        {
            var builder = new DatasetBuilder(null, settings);
            builder.Add(Row(("day", 20240501), ("code", 7), ("on", "yes"), ("when", new DateOnly(2024, 5, 1)),
                ("no", 1), ("n", "2")));
            builder.Add(Row(row));
            return builder.Build("objects", null);
        }

        var data = Built(("on", 0));
        Assert.Equal(["day", "code", "on", "when", "n"], data.Columns.Select(column => column.Name));
        Assert.Equal([new DateTime(2024, 5, 1), "7", "True", "2024-05-01T00:00:00", 2.0],
            data.Columns.Select(column => column[0]));
        Assert.Equal("False", data.Columns[2][1]);
        Assert.Equal(ColumnKind.Boolean, data.Columns[2].Settings.Kind);
        Assert.Contains("row 2", DataFiles.Fails("NotANumber", () => Built(("n", "many"))).Message);
        Assert.Contains("row 2", DataFiles.Fails("NotATime", () => Built(("day", "soon"))).Message);
        Assert.Contains("row 2", DataFiles.Fails("NotABoolean", () => Built(("on", "perhaps"))).Message);
        settings.Add("other", new() { Kind = ColumnKind.Number });
        Assert.Contains("day, code", DataFiles.Fails("ColumnNotFound", () => Built()).Message);
    }

    [Fact]
    public void Labels()
    {
        var rows = Enumerable.Range(0, 30).Select(i => Row(("x", i), ("y", (i % 3).ToString("D2")))).ToArray();
        Assert.Equal(["0", "1", "2"], ((CategoryColumn)Build("y", rows: rows).Label!).Levels);
        Assert.Equal(["00", "01", "02"], ((CategoryColumn)Build("Y", LabelKind.Class, rows: rows).Label!).Levels);
        Assert.IsType<NumberColumn>(Build("y", LabelKind.Number, rows: rows).Label);
        DataFiles.Fails("LabelNotFound", () => Build("z", rows: rows));
        DataFiles.Fails("EmptyDataset", () => Build());
        DataFiles.Fails("InvalidLabel", () => Build("y", rows: [Row(("x", 1), ("y", DateTime.Now))]));
        DataFiles.Fails("NotANumber", () => Build("y", LabelKind.Number, rows: [Row(("x", 1), ("y", "high"))]));
    }
}
