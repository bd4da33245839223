using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Tests;

/// <summary>The result of reading a file: each column's kind and values, or the error's id and message.</summary>
internal static class CsvOutcome
{
    public static string Of(string path, CsvOptions options)
    {
        try
        {
            var data = CsvReader.Read(path, options);
            return string.Join('\n', data.Columns.Select(column => $"{column.Name} {column.Kind} "
                + $"{(column as CategoryColumn)?.Levels.Count}: "
                + string.Join('|', Enumerable.Range(0, column.Count).Select(row => column[row] switch
                {
                    null => "",
                    double number => BitConverter.DoubleToInt64Bits(number).ToString("X"),
                    DateTime time => time.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    var text => $"'{text}'{((CategoryColumn)column).Codes[row]}",
                }))));
        }
        catch (DlException e)
        {
            return $"{e.Id}: {e.Message}";
        }
    }
}
