using System.Globalization;
using System.Text;

namespace DeepPS.Plots;

/// <summary>Draws lines, points, bands and histograms with braille characters.</summary>
internal static class CurveText
{
    private const int Rows = 14;

    /// <summary>The panel with its axes and its legend.</summary>
    public static string Of(Panel panel, int width, bool colour)
    {
        var (left, right) = Range(panel.X, panel.Series.SelectMany(SeriesPen.Horizontal));
        var (bottom, top) = Range(panel.Y, panel.Series.SelectMany(SeriesPen.Vertical));
        string[] ends = [Text(panel.Y, top), Text(panel.Y, (top + bottom) / 2), Text(panel.Y, bottom)];
        var margin = ends.Max(end => end.Length) + 1;
        var canvas = new BrailleCanvas(width - margin - 1, Rows);
        foreach (var series in panel.Series)
            Draw(series);

        var text = new StringBuilder().AppendLine(panel.Y.ToString());
        for (var row = 0; row < Rows; row++)
            text.Append((row == 0 ? ends[0] : row == Rows / 2 ? ends[1] : row == Rows - 1 ? ends[2] : "")
                .PadLeft(margin - 1)).Append(row is 0 or Rows / 2 or Rows - 1 ? " ┤" : " │")
                .AppendLine(canvas.Row(row, colour).TrimEnd());
        text.Append(' ', margin).Append('└').AppendLine(new string('─', width - margin - 1));
        var (from, to) = (Text(panel.X, left), Text(panel.X, right));
        var name = panel.X.ToString();
        var gap = width - margin - from.Length - to.Length - name.Length;
        text.Append(' ', margin).Append(from).Append(' ', Math.Max(1, gap / 2)).Append(name)
            .Append(' ', Math.Max(1, gap - gap / 2)).AppendLine(to);
        var legend = panel.Series.Where(series => series.Name.Length > 0).Select(series =>
            Ansi.Paint(Symbol(series), Palette.Dark[series.Colour], colour) + " " + series.Name).ToArray();
        return legend.Length == 0 ? text.ToString()
            : text.Append(' ', margin).AppendLine(string.Join("   ", legend)).ToString();

        double X(double value) => (On(panel.X, value) - left) / (right - left) * (canvas.Width - 1);

        double Y(double value) => (top - On(panel.Y, value)) / (top - bottom) * (canvas.Height - 1);

        void Draw(Series series)
        {
            var ink = Palette.Dark[series.Colour];
            switch (series)
            {
                case Line line:
                    Join(line.X, line.Y, line.IsDashed);
                    break;
                case Points points:
                    foreach (var (x, y) in points.X.Zip(points.Y).Where(Finite))
                        canvas.Set((int)Math.Round(X(x)), (int)Math.Round(Y(y)), ink);
                    break;
                case Band band:
                    Join(band.X, band.Low, true);
                    Join(band.X, band.High, true);
                    break;
                case Histogram histogram:
                    foreach (var (i, count) in histogram.Counts.Index())
                        for (var x = X(histogram.Edges[i]); x <= X(histogram.Edges[i + 1]); x++)
                            canvas.Line(x, Y(0), x, Y(count), ink, false);
                    break;
                case Rule { IsVertical: true } rule:
                    canvas.Line(X(rule.At), 0, X(rule.At), canvas.Height - 1, ink, true);
                    break;
                case Rule rule:
                    canvas.Line(0, Y(rule.At), canvas.Width - 1, Y(rule.At), ink, true);
                    break;
            }

            void Join(IReadOnlyList<double> x, IReadOnlyList<double> y, bool isDashed)
            {
                for (var i = 0; i < x.Count; i++)
                {
                    var before = Math.Max(0, i - 1);
                    if (Finite((x[i], y[i])) && Finite((x[before], y[before])))
                        canvas.Line(X(x[before]), Y(y[before]), X(x[i]), Y(y[i]), ink, isDashed);
                }
            }
        }

        bool Finite((double X, double Y) point) =>
            double.IsFinite(On(panel.X, point.X)) && double.IsFinite(On(panel.Y, point.Y));
    }

    private static string Symbol(Series series) => series switch
    {
        Points => "•",
        Line { IsDashed: true } or Band => "╌╌",
        Rule => "┆",
        Histogram => "█",
        _ => "──",
    };

    private static (double Low, double High) Range(Axis axis, IEnumerable<double> values)
    {
        var finite = values.Select(value => On(axis, value)).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var low = axis.Minimum is { } least && double.IsFinite(On(axis, least)) ? On(axis, least) : finite.Min();
        var high = axis.Maximum is { } most && double.IsFinite(On(axis, most)) ? On(axis, most) : finite.Max();
        return high > low ? (low, high) : (low - 0.5, low + 0.5);
    }

    private static double On(Axis axis, double value) =>
        !axis.IsLog ? value : value > 0 ? Math.Log10(value) : double.NaN;

    private static string Text(Axis axis, double place) =>
        axis.IsTime ? DateTime.FromOADate(place).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : TableText.Number(axis.IsLog ? Math.Pow(10, place) : place);
}
