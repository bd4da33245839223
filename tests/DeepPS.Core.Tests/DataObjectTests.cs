namespace DeepPS.Tests;

public sealed class DataObjectTests
{
    private static Dictionary<string, object?> Row(params (string, object?)[] values) => values.ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static Dataset Build(string? label = null, LabelKind? kind = null, Action<string>? log = null, params IEnumerable<Dictionary<string, object?>> rows)
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
            (byte)1, (sbyte)1, (short)1, (ushort)1, 1, 1u, 1L, 1ul, 1f, 1.0, 1m, (Half)1, (nint)1, (nuint)1, (Int128)1, (UInt128)1,
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
        var data = Build(log: log.Add, rows: [Row(("x", 1), ("when", DateTime.Now), ("list", new[] { new object() })), Row(("x", double.PositiveInfinity), ("when", null), ("list", null))]);
        Assert.Equal(["x"], data.Columns.Select(c => c.Name));
        Assert.Equal(1, data.Columns[0].Missing);
        Assert.Contains(log, line => line.Contains("'when'") && line.Contains("dates"));
        Assert.Contains(log, line => line.Contains("'list'") && line.Contains("arrays of objects of type"));
        Assert.Contains(log, line => line.Contains("infinite"));
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
