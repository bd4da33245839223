using System.Text;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>CSV files as programs write them all over the world.</summary>
public sealed class DataDialectTests : IDisposable
{
    private readonly DataFiles files = new();
    private readonly List<string> log = [];

    public void Dispose() => files.Dispose();

    private Dataset Read(byte[] bytes, CsvOptions? options = null) =>
        CsvReader.Read(files.Write("data.csv", bytes), (options ?? new CsvOptions()) with { Log = log.Add });

    private Dataset Read(string text, CsvOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    private static object?[] Values(Column column) =>
        Enumerable.Range(0, column.Count).Select(row => column[row]).ToArray();

    private static CsvOptions With(ColumnKind kind, string column = "a") =>
        new() { Settings = new Dictionary<string, ColumnSettings> { [column] = new() { Kind = kind } } };

    [Theory]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8", true, null)]
    [InlineData("utf-16", false, null)]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16BE", false, null)]
    [InlineData("utf-16BE", true, null)]
    [InlineData("utf-32", true, null)]
    [InlineData("iso-8859-1", false, null)]
    [InlineData("iso-8859-1", false, "latin1")]
    [InlineData("utf-16", false, "unicode")]
    [InlineData("utf-8", true, "UTF8")]
    public void Encodings(string name, bool mark, string? given)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("größe;été\n1;ä\n2;ö\n")];
        var data = Read(bytes, new CsvOptions { Encoding = given });
        Assert.Equal(["größe", "été"], data.Columns.Select(column => column.Name));
        Assert.Equal(["ä", "ö"], Values(data.Columns[1]));
    }

    [Fact]
    public void Latin1IsFoundOutHoweverLateItBegins()
    {
        var rows = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i},x\n"));
        var data = Read(Encoding.Latin1.GetBytes("a,b\n" + rows + "1,é\n"));
        Assert.Equal("é", data.Columns[1][40_000]);
        Assert.Equal(40_001, data.Count);
        Assert.Contains(log, line => line.Contains("not UTF-8"));
        Assert.Equal("\uFFFD", Read(Encoding.Latin1.GetBytes("a,b\n1,é\n"),
            new CsvOptions { Encoding = "utf8" }).Columns[1][0]);
        DataFiles.Fails("UnknownEncoding", () => Read("a\n1\n", new CsvOptions { Encoding = "klingon" }));
    }

    [Theory]
    [InlineData("a;b\n1,5;x\n2;y\n1.234,25;z\n")]
    [InlineData("a\tb\n1,5\tx\n2\ty\n1234,25\tz\n")]
    public void DecimalCommasAreFoundOut(string text)
    {
        Assert.Equal([1.5, 2.0, 1234.25], Values(Read(text).Columns[0]));
        Assert.Contains(log, line => line.Contains("1.234,5"));
    }

    [Fact]
    public void DecimalCommasAreFoundOutHoweverLateTheyCome()
    {
        var rows = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i};x\n"));
        var data = Read("a;b\n" + rows + "0,5;x\n");
        Assert.Equal(0.5, data.Columns[0][500]);
        Assert.Equal(499.0, data.Columns[0][499]);
    }

    [Theory]
    [InlineData("a;b\n1,234;x\n", "1,234")]
    [InlineData("a;b\n1,5;x\n1.5;y\n", "1,5")]
    [InlineData("a,b\n\"1,5\",x\n", "1,5")]
    [InlineData("a;b\n1,5;x\n1,5x;y\n", "1,5")]
    public void WhatMayBeEitherStaysText(string text, string first) => Assert.Equal(first, Read(text).Columns[0][0]);

    [Theory]
    [InlineData("a;b\n1,234,567.5;x\n12;y\n", 1234567.5, 12.0)]
    [InlineData("a,b\n\"1,234,567\",x\n\"1,000\",y\n", 1234567.0, 1000.0)]
    [InlineData("a,b\n1 234 567,x\n-1 000,y\n", 1234567.0, -1000.0)]
    [InlineData("a,b\n1\u00A0234,x\n1\u202F000.5,y\n", 1234.0, 1000.5)]
    [InlineData("a,b\n1'234.5,x\n1’000,y\n", 1234.5, 1000.0)]
    public void GroupsOfDigitsAreFoundOut(string text, double first, double second) =>
        Assert.Equal([first, second], Values(Read(text).Columns[0]));

    [Fact]
    public void NumbersAreReadAsWasSaid()
    {
        Assert.Equal(1.234, Read("a;b\n1,234;x\n", new CsvOptions { Decimal = ',' }).Columns[0][0]);
        Assert.Equal(1234.0, Read("a;b\n1,234;x\n", new CsvOptions { Thousands = ',' }).Columns[0][0]);
        Assert.Equal(1234.5, Read("a,b\n\"1.234,5\",x\n", new CsvOptions { Thousands = '.' }).Columns[0][0]);
        Assert.Equal(-1234.5, Read("a,b\n\"-1234,5\",x\n", new CsvOptions { Decimal = ',' }).Columns[0][0]);
        Assert.Equal([3.0, 4.0], Values(Read("a,b\n3,4\n", new CsvOptions { Decimal = ',' }).Columns[0])
            .Append(Read("a,b\n3,4\n", new CsvOptions { Decimal = ',' }).Columns[1][0]));
        Assert.Equal("3-4", Read("a,b\n3-4,4\n5-6,4\n", new CsvOptions { Decimal = ',' }).Columns[0][0]);
        Assert.Equal("1,23", Read("a;b\n1,23;x\n", new CsvOptions { Thousands = ',' }).Columns[0][0]);
        foreach (var (point, groups) in new (char?, char?)[] { (';', null), ('.', '.'), (null, 'x') })
            DataFiles.Fails("InvalidNumberFormat", () =>
                Read("a\n1\n", new CsvOptions { Decimal = point, Thousands = groups }));
    }

    [Fact]
    public void QuotesOfEveryKind()
    {
        var single = new CsvOptions { Quote = '\'' };
        Assert.Equal(["x,y", "it's", "\"z\""], Values(Read("a,b\n1,'x,y'\n2,'it''s'\n3,\"z\"\n", single).Columns[1]));
        Assert.Equal(["\"x", "y\""], Values(Read("a\tb\n1\t\"x\n2\ty\"\n", new CsvOptions { Quote = '\0' })
                .Columns[1]));
        foreach (var quote in "a,-\r")
            DataFiles.Fails("InvalidQuote", () => Read("a\n1\n", new CsvOptions { Quote = quote }));
        DataFiles.Fails("InvalidDelimiter", () => Read("a\n1\n", new CsvOptions { Quote = '\'', Delimiter = '\'' }));
    }

    [Fact]
    public void CommentsAreNoRows()
    {
        var options = new CsvOptions { Comment = '#' };
        Assert.Equal([1.0, 2.0], Values(Read("# made by\n#\"\na,b\n1,x\n#2,y\n2,#z\n# end", options).Columns[0]));
        Assert.Equal("#x", Read("a,b\n\"#x\",1\n", options).Columns[0][0]);
        Assert.Equal("#x", Read("a,b\n#x,1\n").Columns[0][0]);
        var long_ = string.Concat(Enumerable.Repeat("# nothing, \"but\" comments\r\n", 100));
        Assert.Equal(1, Read(long_ + "a,b\r\n1,x\r\n", options with { ChunkSize = 64 }).Count);
        Assert.Contains("line 103", DataFiles.Fails(
            "RaggedRow", () => Read(long_ + "a,b\r\n1,x\r\n1\r\n", options with { ChunkSize = 64 })).Message);
        foreach (var comment in "a-\"")
            DataFiles.Fails("InvalidComment", () => Read("a\n1\n", new CsvOptions { Comment = comment }));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void LinesEndInEveryWay(string end)
    {
        var text = string.Join(end, "a,b", "1,x", "", "2,\"y" + end + "z\"", "3,w");
        foreach (var whole in new[] { text, text + end, text + end + end })
        {
            var data = Read(whole, new CsvOptions { ChunkSize = 8 });
            Assert.Equal([1.0, 2.0, 3.0], Values(data.Columns[0]));
            Assert.Equal(["x", "y" + end + "z", "w"], Values(data.Columns[1]));
            Assert.Contains("line 7", DataFiles.Fails(
                "RaggedRow", () => Read(text + end + "4,u,v", new CsvOptions { ChunkSize = 8 })).Message);
        }
    }

    [Fact]
    public void OwnTextsForNoValue()
    {
        var data = Read("a,b,c\n-99,unknown,NA\n-99.0,x,none\n1,UNKNOWN,\n",
            new CsvOptions { MissingValues = ["unknown", "-99"] });
        Assert.Equal([null, null, 1.0], Values(data.Columns[0]));
        Assert.Equal([null, "x", null], Values(data.Columns[1]));
        Assert.Equal(["NA", "none", null], Values(data.Columns[2]));
        Assert.Equal(["NA", null], Values(Read("a,b\nNA,1\n,1\n", new CsvOptions { MissingValues = [] }).Columns[0]));
    }

    [Theory]
    [InlineData("2024-05-01\n2024-05-02T12:00\nNA", "2024-05-01", "2024-05-02T12:00", null)]
    [InlineData("5/1/2024\n5/31/2024", "2024-05-01", "2024-05-31")]
    [InlineData("1/5/2024\n31/5/2024", "2024-05-01", "2024-05-31")]
    [InlineData("1.5.2024\n2.5.2024", "2024-05-01", "2024-05-02")]
    [InlineData("1 May 2024\n2024-05-02\n3/5/2024\n31/5/2024", "2024-05-01", "2024-05-02", "2024-05-03", "2024-05-31")]
    [InlineData("2024-05-01T12:00Z\n2024-05-01T12:00+02:00", "2024-05-01T12:00", "2024-05-01T10:00")]
    public void Times(string rows, params string?[] expected)
    {
        foreach (var size in new[] { 8, 1 << 16 })
        {
            var column = Assert.IsType<TimeColumn>(Read(
                "a,b\n" + string.Concat(rows.Split('\n').Select(row => row + ",1\n")),
                new CsvOptions { ChunkSize = size }).Columns[0]);
            Assert.Equal(expected.Select(text => text is null ? null
                : (object)DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture)), Values(column));
        }
    }

    [Fact]
    public void DaysAndMonthsThatMayBeEitherAreTold()
    {
        var column = Read("a,b\n5/1/2024,1\n6/1/2024,1\n").Columns[0];
        Assert.Equal(new DateTime(2024, 5, 1), column[0]);
        Assert.Contains(log, line => line.Contains("'5/1/2024'") && line.Contains("month is taken to come first"));
        Assert.False(column.DayFirst);
        var settings = new CsvOptions
        {
            Settings = new Dictionary<string, ColumnSettings> { ["a"] = new() { DayFirst = true } },
        };
        Assert.Equal(new DateTime(2024, 1, 5), Read("a,b\n5/1/2024,1\n", settings).Columns[0][0]);
        Assert.IsType<CategoryColumn>(Read("a,b\n5/31/2024,1\n", settings).Columns[0]);
        Assert.IsType<CategoryColumn>(Read("a,b\n5/31/2024,1\n31/5/2024,1\n").Columns[0]);
        Assert.IsType<CategoryColumn>(Read("a,b\n2024-05-01,1\nsoon,1\n").Columns[0]);
        Assert.IsType<CategoryColumn>(Read("a,b\n2024-05-01,1\n2024-05-02,1\n", new CsvOptions { Label = "a" }).Label);
    }

    [Fact]
    public void KindsAreFollowed()
    {
        Assert.Equal([new DateTime(2024, 5, 1), null],
            Values(Read("a,b\n20240501,1\n,1\n", With(ColumnKind.Time)).Columns[0]));
        Assert.Contains("row 2", DataFiles.Fails(
            "NotATime", () => Read("a,b\n2024-05-01,1\nsoon,1\n", With(ColumnKind.Time))).Message);
        var flags = Read("a,b\nyes,1\n,1\nNO,1\n1,1\n", With(ColumnKind.Boolean)).Columns[0];
        Assert.Equal(["True", null, "False", "True"], Values(flags));
        Assert.Equal(ColumnKind.Boolean, flags.Settings.Kind);
        Assert.Contains("row 2", DataFiles.Fails(
            "NotABoolean", () => Read("a,b\n1,1\n2,1\n", With(ColumnKind.Boolean))).Message);
        foreach (var kind in new[] { ColumnKind.Text, ColumnKind.Category })
        {
            var text = Assert.IsType<CategoryColumn>(Read("a,b\n2024-05-01,1\n007,1\n", With(kind)).Columns[0]);
            Assert.Equal(["2024-05-01", "007"], text.Levels);
            Assert.Equal(kind, text.Settings.Kind);
        }
    }

    /// <summary>Wherever a file is split into chunks, an error names the line that an editor shows.</summary>
    [Fact]
    public void LinesAreCountedAcrossPieces()
    {
        var path = files.Write("ends.csv", "a,b\n1,2\n3,4\r\r\r\n\n5,6\r7\n");
        for (var size = 1; size < 30; size++)
        {
            var options = new CsvOptions { Delimiter = ',', Header = true, ChunkSize = size };
            var error = DataFiles.Fails("RaggedRow", () => CsvReader.Read(path, options));
            Assert.Contains("line 8:", error.Message);
        }
    }

    /// <summary>A model remembers how its training data was written, in its file too.</summary>
    [Fact]
    public void LaterRowsAreReadAsTheFileWas()
    {
        var data = Read("a;b;c\n1.234,5;x;7\n-99;unknown;8\n0,5;y;9\n",
            new CsvOptions { Decimal = ',', Thousands = '.', MissingValues = ["unknown", "-99"] });
        var plan = DataPlan.FromJson(DataPlan.Fit(data).ToJson());
        var rows = plan.Rows(new (object? A, object? B)[] { ("1.234,5", "x"), ("-99", "Unknown"), (-99, null),
            ("2.000", "-99"), (1.5, "y") }
            .Select(row => new Dictionary<string, object?> { ["a"] = row.A, ["b"] = row.B, ["c"] = "7" }).ToArray());
        Assert.Equal([1234.5, null, null, 2000.0, 1.5], Values(rows.Columns[0]));
        Assert.Equal(["x", null, null, null, "y"], Values(rows.Columns[1]));

        plan = DataPlan.Fit(Read("a,b\n\"1,234,567\",1\n\"2,345\",2\n"));
        rows = plan.Rows([new Dictionary<string, object?> { ["a"] = "3,456", ["b"] = 1 }]);
        Assert.Equal(3456.0, rows.Columns[0][0]);
    }
}
