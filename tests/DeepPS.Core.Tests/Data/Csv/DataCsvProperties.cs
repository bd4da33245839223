using System.Text;
using DeepPS.Common;
using DeepPS.Data;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DeepPS.Tests;

/// <summary>Properties of every CSV file.</summary>
public sealed class DataCsvProperties : IDisposable
{
    private readonly DataFiles files = new();

    public void Dispose() => files.Dispose();

    [Property(MaxTest = 300)]
    public Property AnyTableInAnyDialectComesBackTheSame() => Prop.ForAll(CsvCase.Any.ToArbitrary(), written =>
    {
        var path = files.Write("table.csv", written.ToBytes());
        foreach (var fast in new[] { true, false })
        {
            var data = CsvReader.Read(path, written.Options with { FastPath = fast });
            Assert.Equal(written.Columns.Length, data.Columns.Count);
            for (var i = 0; i < data.Columns.Count; i++)
                Assert.Equal(Expected(written.Columns[i]),
                    Enumerable.Range(0, data.Count).Select(row => data.Columns[i][row]));
        }
    });

    /// <summary>
    /// Fragments of CSV files in any order: most are invalid, and both ways of reading give the same result.
    /// </summary>
    [Property(MaxTest = 500)]
    public Property AnyTextIsReadTheSameWayFastAndSlow() => Prop.ForAll(
        Gen.Elements("a", "7", "-1.5", "1e3", "NA", ",", ",", "\n", "\n", "\r", "\r\n", "\"", "\"\"", "\"x,\ny\"", "#",
            "é", " ", "2024-05-01", "1/2/2024", "5,5", "\0")
            .ListOf().ToArbitrary(), parts =>
    {
        var path = files.Write("text.csv", Encoding.UTF8.GetBytes("a,b\n1,2\n" + string.Concat(parts)));
        var options = new CsvOptions { Delimiter = ',', Header = true, Comment = '#' };
        var expected = CsvOutcome.Of(path, options with { FastPath = false });
        foreach (var size in new[] { 5, 1 << 16 })
            Assert.Equal(expected, CsvOutcome.Of(path, options with { ChunkSize = size }));
    });

    /// <summary>
    /// Whatever follows a number, it has the same bits as by the framework's own parsing.
    /// </summary>
    [Property(MaxTest = 2000)]
    public Property PlainNumbersAreReadToTheLastBit() =>
        Prop.ForAll(PlainNumber.ToArbitrary(), Gen.Elements("", ",", ",1.5,22222222222", "\n7777777777777777777")
        .ToArbitrary(),
        (number, rest) =>
    {
        var length = NumberText.ScanPlain(Encoding.UTF8.GetBytes(number + rest), (byte)'.', out var value);
        if (number.Count(char.IsAsciiDigit) is 0 or > 19)
            return length == -1;
        return length == number.Length
            && BitConverter.DoubleToInt64Bits(
                double.Parse(
                number, System.Globalization.CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(
                value);
    });

    /// <summary>
    /// Names that differ in any byte have different numbers, however short they are and whatever is between them.
    /// </summary>
    [Property(MaxTest = 300)]
    public Property NamesKeepTheirNumbers() => Prop.ForAll(
        Gen.Elements('a', 'b', '\0', 'é').ArrayOf().Select(letters => new string(letters))
            .Or(Gen.Elements("aaaaaaaa", "aaaaaaab", "aaaabaaaa", "aaaaaaaaaaaaaaaaa")).ListOf().ToArbitrary(),
        names =>
    {
        var table = new LevelTable();
        var codes = names.Concat(names).Select(name => Encoding.UTF8.GetBytes(name))
            .Select(name => table.Recent(name) is >= 0 and var code ? code : table.CodeOf(name)).ToArray();
        return codes.Select(code => table.Names[code]).SequenceEqual(names.Concat(names))
            && table.Names.Distinct().Count() == table.Names.Count;
    });

    private static Gen<string> PlainNumber =>
        from sign in Gen.Elements("", "-")
        from whole in Digits
        from point in Gen.Elements("", ".")
        from decimals in Digits
        select sign + whole + point + (point.Length == 0 ? "" : decimals);

    private static Gen<string> Digits =>
        Gen.Choose(0, 12).SelectMany(count => Gen.Choose(0, 9).ArrayOf(count)).Select(digits => string.Concat(digits));

    /// <summary>A column of more than one kind holds texts as they were written.</summary>
    private static IEnumerable<object?> Expected(object?[] column)
    {
        if (!column.OfType<string>().Any())
            return column;
        if (column.All(value => value is null or "7" or "007" or "1e3"))
            return column.Select(
                value => value is string text ? (object)double.Parse(
                text, System.Globalization.CultureInfo.InvariantCulture) : null);
        return column.All(value => value is null or "2024-05-01")
            ? column.Select(value => value is null ? null : (object)new DateTime(2024, 5, 1)) : column;
    }
}
