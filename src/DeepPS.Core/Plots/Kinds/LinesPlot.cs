using System.Globalization;

namespace DeepPS.Plots;

/// <summary>Lines of any rows, if named: the first column of numbers is the horizontal axis, each other one a line; a
/// column of texts has a line for each text.</summary>
internal sealed class LinesPlot : PlotKind
{
    private const int MostLines = 20;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => false;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var rows = input.Rows() ?? throw Refused(input, "rows with two columns of numbers or more");
        var columns = rows[0].Keys.Where(key => rows.All(row => row.ContainsKey(key))).ToArray();
        var numbers = columns.Where(column => rows.All(row => IsNumber(row[column]))
            && rows.Any(row => double.IsFinite(Number(row, column)))).ToArray();
        if (numbers.Length < 2)
            throw Refused(input, "rows with two columns of numbers or more");
        var texts = columns.Except(numbers).Where(column => rows.All(row => row[column] is string)).ToArray();
        var groups = rows.GroupBy(row => string.Join(", ", texts.Select(column => row[column]))).ToArray();
        var lines = groups.SelectMany(group => numbers.Skip(1).Select(column => (Name: Name(group.Key, column),
            Rows: group.OrderBy(row => Number(row, numbers[0])).ToArray(), Column: column))).ToArray();
        if (lines.Length > MostLines)
            throw Refused(input, $"at most {MostLines} lines; select columns, or rows");
        return new Figure($"{string.Join(", ", numbers.Skip(1))} by {numbers[0]}",
        [
            new Panel
            {
                X = new Axis(numbers[0]),
                Y = new Axis(numbers.Length == 2 ? numbers[1] : ""),
                Series = lines.Select((line, i) => (Series)new Line(line.Name,
                    line.Rows.Select(row => Number(row, numbers[0])).ToArray(),
                    line.Rows.Select(row => Number(row, line.Column)).ToArray()) { Colour = i }).ToArray(),
            },
        ]);

        string Name(string group, string column) => group.Length == 0 ? column
            : numbers.Length == 2 ? group : $"{group}: {column}";
    }

    private static bool IsNumber(object? value) => value switch
    {
        null or "" => true,
        string text => double.TryParse(text, CultureInfo.InvariantCulture, out _)
            || double.TryParse(text, CultureInfo.CurrentCulture, out _),
        bool or char or DateTime or Enum => false,
        _ => value is IConvertible,
    };
}
