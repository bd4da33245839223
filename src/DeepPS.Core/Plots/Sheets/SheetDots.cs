using System.Text;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Draws sheets with half blocks in colours, or with shades where there are none.</summary>
internal static class SheetDots
{
    private const string Shades = " ░▒▓█";
    private const int MostRows = 12;

    /// <summary>The tiles as lines of text; rows and tiles that do not fit are left out, with a line that counts
    /// them.</summary>
    public static string Of(Sheet sheet, int width, bool colour)
    {
        var text = new StringBuilder().AppendLine(sheet.Title);
        var painter = new TilePainter(sheet, Palette.Dark);
        foreach (var row in sheet.Rows.Take(MostRows))
        {
            var (fitting, used) = (new List<Tile>(), 0);
            foreach (var tile in row)
            {
                if (fitting.Count > 0 && used + tile.Width + 1 > width)
                    break;
                fitting.Add(tile);
                used += tile.Width + 1;
            }

            var colours = fitting.Select(painter.Colours).ToArray();
            text.AppendLine();
            for (var y = 0; y < fitting.Max(tile => tile.Height); y += 2)
                text.AppendLine(string.Join(' ', fitting.Select((tile, i) => Line(tile, colours[i], y, colour)))
                    .TrimEnd());
            if (fitting.Any(tile => tile.Label.Length > 0))
                text.AppendLine(string.Join(' ', fitting.Select(tile =>
                    tile.Label.Length > tile.Width ? tile.Label[..tile.Width] : tile.Label.PadRight(tile.Width))));
            if (fitting.Count < row.Count)
                text.AppendLine($"({row.Count - fitting.Count} more in this row; -Path writes all)");
        }

        return sheet.Rows.Count <= MostRows ? text.ToString()
            : text.AppendLine($"({sheet.Rows.Count - MostRows} more rows; -Path writes all)").ToString();
    }

    private static string Line(Tile tile, SKColor[] colours, int y, bool colour)
    {
        var text = new StringBuilder();
        for (var x = 0; x < tile.Width; x++)
        {
            SKColor? above = y < tile.Height ? colours[y * tile.Width + x] : null;
            SKColor? below = y + 1 < tile.Height ? colours[(y + 1) * tile.Width + x] : null;
            text.Append(above is not { } top ? " "
                : !colour ? Shades[Shade(tile, x, y)].ToString()
                : below is not { } bottom ? Ansi.Paint("▀", top, true)
                : $"\e[48;2;{bottom.Red};{bottom.Green};{bottom.Blue}m{Ansi.Paint("▀", top, true)}");
        }

        return text.ToString();
    }

    /// <summary>The shade of the larger of two places, one above the other.</summary>
    private static int Shade(Tile tile, int x, int y)
    {
        var (low, high) = (tile.Values.Min(), tile.Values.Max());
        var value = Math.Max(tile.Values[y * tile.Width + x],
            y + 1 < tile.Height ? tile.Values[(y + 1) * tile.Width + x] : float.MinValue);
        return high > low ? (int)Math.Round((value - low) / (high - low) * (Shades.Length - 1)) : 0;
    }
}
