using System.Globalization;
using System.Text;

namespace DeepPS.Plots;

/// <summary>Draws bars and tables of cells with characters.</summary>
internal static class TableText
{
    private const string Parts = " ▏▎▍▌▋▊▉█";
    private const int LongestLabel = 24;

    /// <summary>A line for each bar.</summary>
    public static string Bars(Panel panel, int width, bool colour)
    {
        var text = new StringBuilder();
        foreach (var bars in panel.Series.OfType<Bars>())
        {
            var labels = bars.Labels.Select(Short).ToArray();
            var numbers = bars.Values.Select((value, i) => Number(value)
                + (i < bars.Deviations.Count ? $" ±{Number(bars.Deviations[i])}" : "")).ToArray();
            var (wide, wider) = (labels.Max(label => label.Length), numbers.Max(number => number.Length));
            var room = Math.Max(8, width - wide - wider - 3);
            var most = bars.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            foreach (var (i, value) in bars.Values.Index())
            {
                var eighths = most > 0 && double.IsFinite(value)
                    ? (int)Math.Round(Math.Abs(value) / most * room * 8) : 0;
                var bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Parts[eighths % 8] : "");
                text.AppendLine($"{labels[i].PadLeft(wide)} "
                    + Ansi.Paint(bar, Palette.Dark[value < 0 ? 1 : bars.Colour], colour)
                    + new string(' ', Math.Max(0, room - bar.Length) + 1) + numbers[i].PadLeft(wider));
            }
        }

        return text.AppendLine($"{panel.X}").ToString();
    }

    /// <summary>A table; a name that does not fit is cut off.</summary>
    public static string Cells(Panel panel, int width, bool colour)
    {
        var cells = panel.Series.OfType<Cells>().First();
        var first = cells.Rows.Select(Short).Append(panel.Y.Label).Max(name => name.Length);
        var wanted = cells.Columns.Select(name => name.Length)
            .Concat(cells.Values.SelectMany(row => row.Select(value => Number(value).Length))).Max();
        var room = (width - first) / Math.Max(1, cells.Columns.Count) - 2;
        var cell = Math.Clamp(Math.Min(wanted, room), 3, LongestLabel);
        var text = new StringBuilder().AppendLine(panel.Y.Label.PadRight(first)
            + string.Concat(cells.Columns.Select(name => " " + Cut(name, cell).PadLeft(cell) + " ")));
        foreach (var (i, row) in cells.Values.Index())
            text.AppendLine(Short(cells.Rows[i]).PadRight(first) + string.Concat(row.Select((value, column) =>
                Ansi.Ground(" " + Cut(Number(value), cell).PadLeft(cell) + " ",
                    Palette.Dark.Shade(cells.Shades[i][column]), colour))));
        return text.AppendLine($"{panel.X}").ToString();
    }

    /// <summary>A number of few digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Short(string label) => Cut(label, LongestLabel);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
