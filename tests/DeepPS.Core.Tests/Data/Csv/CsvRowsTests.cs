using System.Text;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>The ranges of the rows of a file.</summary>
public class CsvRowsTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "1,2|3,4")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4", "1,2|3,4")]
    [InlineData("a,b\r1,2\r3,4\r", "1,2|3,4")]
    [InlineData("a,b\n\"x\ny\",2\n\"p\"\"q,\r\n\",4\r\n", "\"x\ny\",2|\"p\"\"q,\r\n\",4")]
    [InlineData("a,b\n1,\"2\"\n\n3,4\n", "1,\"2\"|3,4")]
    [InlineData("a,b\n", "")]
    public void RowsEndAtLineEndsOutsideQuotes(string text, string rows)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var dialect = new CsvDialect(',', '"', null, NumberFormat.Plain, NumbersSaid: false);
        var found = CsvRows.Of(bytes, dialect, skip: true)
            .Select(row => Encoding.UTF8.GetString(bytes, row.First, row.Length));
        Assert.Equal(rows, string.Join('|', found));
    }
}
