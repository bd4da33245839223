using System.Text;

namespace DeepPS.Plots;

/// <summary>Draws figures with characters.</summary>
internal static class FigureText
{
    private const int LeastWidth = 40, MostWidth = 120;

    /// <summary>The panels, one below the other.</summary>
    public static string Of(Figure figure, int width, bool colour)
    {
        width = Math.Clamp(width, LeastWidth, MostWidth);
        var text = new StringBuilder().AppendLine(Middle(figure.Title, width));
        foreach (var panel in figure.Panels)
        {
            text.AppendLine();
            if (panel.Title.Length > 0)
                text.AppendLine(Middle(panel.Title, width));
            text.Append(panel.Series.Any(series => series is Bars) ? TableText.Bars(panel, width, colour)
                : panel.Series.Any(series => series is Cells) ? TableText.Cells(panel, width, colour)
                : CurveText.Of(panel, width, colour));
        }

        return text.ToString();
    }

    private static string Middle(string text, int width) =>
        text.Length >= width ? text : new string(' ', (width - text.Length) / 2) + text;
}
