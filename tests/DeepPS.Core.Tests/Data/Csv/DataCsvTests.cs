using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

public sealed class DataCsvTests : IDisposable
{
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    private Dataset Read(string text, CsvOptions? options = null) =>
        CsvReader.Read(files.Write("data.csv", text), options ?? new CsvOptions());

    private DlException Fails(string id, string text, CsvOptions? options = null) =>
        DataFiles.Fails(id, () => Read(text, options));

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\r\n1\tx\r\n2\ty\r\n")]
    [InlineData("a|b\n1|x\n2|y")]
    [InlineData("\uFEFFa,b\n 1 , x \n\n2,\"y\"\n")]
    public void FindsDelimiterHeaderAndKinds(string text)
    {
        var data = Read(text);
        Assert.Equal(["a", "b"], data.Columns.Select(c => c.Name));
        Assert.Equal([1, 2], ((NumberColumn)data.Columns[0]).Values);
        Assert.Equal(["x", "y"], ((CategoryColumn)data.Columns[1]).Levels);
        Assert.Equal("data", data.Name);
        Assert.Null(data.Label);
    }

    [Theory]
    [InlineData("1,x\n2,y\n", false)]
    [InlineData("x,y\n1,2\n", true)]
    [InlineData("name,city\nann,paris\nbob,rome\n", true)]
    [InlineData("ann,paris\nbob,rome\nann,rome\n", false)]
    [InlineData("?,x\n1,y\n", false)]
    [InlineData(",x\n1,y\n", true)]
    public void GuessesHeader(string text, bool header)
    {
        var data = Read(text);
        Assert.Equal(header, data.Count < text.Count(c => c == '\n'));
    }

    [Fact]
    public void NamesColumnsWithoutHeader()
    {
        Assert.Equal(["Column1", "Column2"], Read("1,2\n3,4\n").Columns.Select(c => c.Name));
        Assert.Equal(["p", "q"], Read("1,2\n3,4\n", new CsvOptions { Names = ["p", "q"] }).Columns.Select(c => c.Name));
        Assert.Equal(2, Read("a,b\n3,4\n", new CsvOptions { Header = false }).Count);
        Fails("WrongColumnCount", "1,2\n", new CsvOptions { Names = ["p"] });
    }

    [Fact]
    public void KnowsMissingValues()
    {
        var data = Read("n,t\n1,x\n,\nNA,na\nN/A,n/a\nnull,NULL\n?,?\n-,-\nNaN,nan\nNone,none\n-2.5e1,y\n");
        Assert.Equal(8, data.Columns[0].Missing);
        Assert.Equal(8, data.Columns[1].Missing);
        Assert.Equal(-25.0, data.Columns[0][9]);
        Assert.Null(data.Columns[1][3]);
    }

    [Fact]
    public void ReadsNumbersToTheLastBit()
    {
        string[] texts = ["0.1", "-0.3", "1e-7", "123456789012345", "1234567890123456789", "0.000000000000001",
            "9007199254740993", "+4", "-0", ".5", "5.", "1E3", "2.2250738585072014e-308"];
        var column = (NumberColumn)Read("n\n" + string.Join("\n", texts)).Columns[0];
        Assert.Equal(texts.Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
            column.Values.ToArray());
    }

    [Fact]
    public void ReadsNumbersAsTheFrameworkDoes()
    {
        var random = new Random(4);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = random.NextInt64(i % 2 == 0 ? long.MaxValue : 1L << random.Next(1, 63))
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
            var text = (i % 3 == 0 ? "-" : "") + digits.Insert(random.Next(digits.Length + 1), i % 5 == 0 ? "" : ".");
            Assert.True(NumberText.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var number));
            Assert.Equal(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture), number);
        }
    }

    [Theory]
    [InlineData("1,000")]
    [InlineData("1e999")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    [InlineData("--1")]
    public void TakesOtherTextForCategories(string text) =>
        Assert.Equal([text], ((CategoryColumn)Read($"n\n\"{text}\"\n", new CsvOptions { Header = true })
                .Columns[0]).Levels);

    [Fact]
    public void KeepsTheTextOfNumbersThatTurnOutToBeNames()
    {
        var rows = string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i:D5},1\n"));
        var column = (CategoryColumn)Read("code,n\n" + rows + "NA,1\nX1,1\n00007,1\n").Columns[0];
        Assert.Equal("00000", column[0]);
        Assert.Equal("02999", column[2999]);
        Assert.Null(column[3000]);
        Assert.Equal("X1", column[3001]);
        Assert.Equal(column.Codes[7], column.Codes[3002]);
    }

    [Fact]
    public void AStrayTextAmongNumbersOrTimesCountsAsMissing()
    {
        string File(int rows, int strays) => "n,t,y\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            i < strays ? "oops,soon,wrong\n" : $"{i}.5,{new DateTime(2024, 1, 1).AddHours(i):s},{i * 0.25}\n"));
        var warnings = new List<string>();
        var data = Read(File(1001, 1), new CsvOptions { Label = "y", Warn = warnings.Add });
        Assert.Equal(["Number", "Time", "Number"], data.Columns.Select(column => column.Kind));
        Assert.Equal([1, 1, 1], data.Columns.Select(column => column.Missing));
        Assert.Equal(1000.5, data.Columns[0][1000]);
        Assert.Contains(warnings, text => text.Contains("'n'")
            && text.Contains("1 of 1,001 values ('oops', first in row 1)") && text.Contains("'n' = 'Category'"));
        Assert.Contains(warnings, text => text.Contains("'t' holds points in time"));
        Assert.Contains(warnings, text => text.Contains("1 of 1,001 rows") && text.Contains("label 'y'"));
        Assert.Equal(4, warnings.Count);
        Assert.Equal(["Category", "Category", "Category"],
            Read(File(1001, 2), new CsvOptions { Label = "y" }).Columns.Select(column => column.Kind));
        var comma = Read("n;m\n" + string.Concat(
            Enumerable.Range(0, 1200).Select(i => i == 7 ? "x;1\n" : $"{i},5;{i}\n")));
        Assert.Equal((1.5, 1), ((double)comma.Columns[0][1]!, comma.Columns[0].Missing));
    }

    [Fact]
    public void FollowsGivenKinds()
    {
        var settings = new Dictionary<string, ColumnSettings>
        {
            ["A"] = new() { Kind = ColumnKind.Category }, ["c"] = new() { Kind = ColumnKind.Ignore },
            ["b"] = new() { Kind = ColumnKind.Number },
        };
        var data = Read("a,b,c\n007,1,z\n8,NA,z\n", new CsvOptions { Settings = settings });
        Assert.Equal(["a", "b"], data.Columns.Select(c => c.Name));
        Assert.Equal(["007", "8"], ((CategoryColumn)data.Columns[0]).Levels);
        Assert.Equal(["b"], Read("a,b,c\n1,1,z\n", new CsvOptions { Columns = ["B"] }).Columns.Select(c => c.Name));

        var error = Fails("NotANumber", "a,b,c\n1,1,z\n2,many,z\n", new CsvOptions { Settings = settings });
        Assert.Contains("'b'", error.Message);
        Assert.Contains("'many'", error.Message);
        Assert.Contains("line 3", error.Message);
        Fails("ColumnNotFound", "a\n1\n", new CsvOptions { Columns = ["x"] });
        settings = new Dictionary<string, ColumnSettings> { ["a"] = new() { Kind = ColumnKind.Ignore } };
        Fails("NoColumns", "a\n1\n", new CsvOptions { Settings = settings });
    }

    [Fact]
    public void FindsTheLabelByNameOrNumber()
    {
        const string text = "a,b,2\n1,x,5\n2,y,6\n";
        var options = new CsvOptions { Header = true };
        Assert.Equal("b", Read(text, options with { Label = "B" }).Label!.Name);
        Assert.Equal("a", Read(text, options with { Label = "1" }).Label!.Name);
        Assert.Equal("2", Read(text, options with { Label = "2" }).Label!.Name);
        var error = Fails("LabelNotFound", text, options with { Label = "prise" });
        Assert.Contains("a, b, 2", error.Message);
        Fails("LabelNotFound", text, options with { Label = "4" });
        Fails("LabelNotFound", text, options with { Label = "0" });
    }

    [Fact]
    public void DecidesWhetherALabelIsAClass()
    {
        static string Rows(int classes, int first, int each) => "x,y\n" + string.Concat(
            Enumerable.Range(0, classes * each).Select(i => $"{i}.5,{first + i % classes}\n"));
        Dataset Labelled(string text, LabelKind? kind = null) =>
            Read(text, new CsvOptions { Label = "y", LabelKind = kind });

        Assert.Equal(["0", "1", "2"], ((CategoryColumn)Labelled(Rows(3, 0, 10)).Label!).Levels);
        Assert.IsType<CategoryColumn>(Labelled(Rows(20, 1, 10)).Label);
        Assert.IsType<NumberColumn>(Labelled(Rows(3, 0, 9)).Label);
        Assert.IsType<CategoryColumn>(Labelled(Rows(10, 2, 10)).Label);
        Assert.IsType<NumberColumn>(Labelled(Rows(11, 2, 10)).Label);
        string Two(string one, string other) => "x,y\n" + string.Concat(
            Enumerable.Range(0, 8).Select(i => $"{i}.5,{(i % 2 == 0 ? one : other)}\n"));
        Assert.Equal(["-1", "1"], ((CategoryColumn)Labelled(Two("-1", "+1")).Label!).Levels);
        Assert.Equal(["2", "4"], ((CategoryColumn)Labelled(Two("2", "4")).Label!).Levels);
        Assert.Equal(["0", "1"], ((CategoryColumn)Labelled(Two("\"0\"", "\"1\"")).Label!).Levels);
        Assert.IsType<NumberColumn>(Labelled(Two("2.5", "4")).Label);
        Assert.IsType<NumberColumn>(Labelled("x,y\n1,2\n2,4\n3,2\n").Label);
        Assert.IsType<NumberColumn>(Labelled(Rows(21, 0, 10)).Label);
        Assert.IsType<NumberColumn>(Labelled(Rows(1, 0, 50)).Label);
        Assert.IsType<NumberColumn>(Labelled(Rows(3, 0, 10) + "1,4\n").Label);
        Assert.IsType<NumberColumn>(Labelled(Rows(3, 0, 10), LabelKind.Number).Label);
        Assert.Equal(["05", "6"], ((CategoryColumn)Labelled("x,y\n1,05\n2,6\n", LabelKind.Class).Label!).Levels);
        Fails("NotANumber", "x,y\n1,a\n", new CsvOptions { Label = "y", LabelKind = LabelKind.Number });
    }

    [Fact]
    public void RaggedRowSaysWhere()
    {
        var path = files.Write("ragged.csv", "a,b\n1,\"x\ny\"\n\n2,z,3\n");
        var error = DataFiles.Fails("RaggedRow", () => CsvReader.Read(path, new CsvOptions()));
        Assert.Equal(path, error.Target);
        Assert.Contains("line 5", error.Message);
        Assert.Contains("2 values expected, 3 found", error.Message);
    }

    [Fact]
    public void OtherErrors()
    {
        Fails("EmptyFile", "");
        Fails("EmptyFile", "\n\n");
        Fails("EmptyFile", "a,b\n");
        Fails("DuplicateColumn", "a,A\n1,2\n");
        Fails("InvalidDelimiter", "a,b\n", new CsvOptions { Delimiter = 'a' });
        Fails("InvalidCsv", "a,b\n1,\"" + new string('x', 1 << 27));
        Assert.Contains("line 3", Fails("UnclosedQuote", "a,b\n1,x\n2,\"y\n3,z\n").Message);
        DataFiles.Fails("FileNotFound", () => CsvReader.Read(Path.Combine(files.Folder, "none.csv"), new CsvOptions()));
        DataFiles.Fails("FileNotFound", () => CsvReader.Read(
            Path.Combine(files.Folder, "no", "none.csv"), new CsvOptions()));
        DataFiles.Fails("FileNotFound", () => CsvReader.Read(files.Folder, new CsvOptions()));
    }

    [Fact]
    public void GzipIsKnownByContentAndNeverCutShortInSilence()
    {
        var random = new Random(1);
        var text = "a,b\n" + string.Concat(Enumerable.Range(0, 300)
            .Select(_ => $"{random.Next()},{random.NextDouble()}\n"));
        var zipped = DataFiles.Gzip(text);
        var whole = CsvReader.Read(files.Write("whole.csv", zipped), new CsvOptions());
        Assert.Equal(300, whole.Count);
        Assert.Equal("set", CsvReader.Read(files.Write("set.csv.gz", zipped), new CsvOptions()).Name);
        for (var length = 2; length < zipped.Length; length += length < zipped.Length - 30 ? 17 : 1)
        {
            var path = files.Write("cut.csv.gz", zipped[..length]);
            DataFiles.Fails("TruncatedGzip", () => CsvReader.Read(path, new CsvOptions()));
        }

        byte[] joined = [.. zipped, .. DataFiles.Gzip("1,2\n3,4\n")];
        Assert.Equal(302, CsvReader.Read(files.Write("joined.csv.gz", joined), new CsvOptions()).Count);
        var damaged = DataFiles.Gzip(string.Concat(Enumerable.Range(0, 40000).Select(_ => $"{random.Next()}\n")));
        damaged.AsSpan(1000, 100).Fill(255);
        DataFiles.Fails("CorruptGzip", () => CsvReader.Read(files.Write("damaged.csv.gz", damaged), new CsvOptions()));
    }

    [Fact]
    public void OtherDelimitersAndEncodings()
    {
        Assert.Equal(2, Read("a:b\n1:2\n", new CsvOptions { Delimiter = ':' }).Columns.Count);
        var path = files.Write("wide.csv", [.. System.Text.Encoding.Unicode.GetPreamble(),
            .. System.Text.Encoding.Unicode.GetBytes("größe,b\n1,é\n")]);
        var data = CsvReader.Read(path, new CsvOptions());
        Assert.Equal(1.0, data.Find("größe")![0]);
        Assert.Equal("é", data.Find("b")![0]);
    }

    [Fact]
    public void ManyFilesAreOneSet()
    {
        var first = files.Write("1.csv", "a,b\n1,x\n");
        var second = files.Write("2.csv", "A,B\n2,y\n3,x\n");
        var data = CsvReader.ReadMany([first, second], new CsvOptions());
        Assert.Equal(3, data.Count);
        Assert.Equal([0, 1, 0], ((CategoryColumn)data.Columns[1]).Codes);
        var other = files.Write("3.csv", "a,c\n2,y\n");
        Assert.Equal(other, DataFiles.Fails("ColumnsDiffer",
            () => CsvReader.ReadMany([first, other], new CsvOptions())).Target);
    }

    [Fact]
    public void CanBeCancelled()
    {
        var path = files.Write("long.csv", string.Concat(Enumerable.Range(0, 20000).Select(i => $"{i}\n")));
        using var cancel = new CancellationTokenSource();
        var options = new CsvOptions { Progress = _ => cancel.Cancel() };
        Assert.Throws<OperationCanceledException>(() => CsvReader.Read(path, options, cancel.Token));
    }
}
