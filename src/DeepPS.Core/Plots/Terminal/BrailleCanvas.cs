using System.Text;
using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>A canvas of braille characters: each has two columns and four rows of dots.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] dots = new int[rows, columns];
    private readonly SKColor?[,] colours = new SKColor?[rows, columns];

    /// <summary>The number of dots side by side.</summary>
    public int Width => 2 * columns;

    /// <summary>The number of dots one above the other.</summary>
    public int Height => 4 * rows;

    /// <summary>Sets a dot; its character takes the colour. Dots beyond the canvas are left out.</summary>
    public void Set(int x, int y, SKColor colour)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
            return;
        dots[y / 4, x / 2] |= Bits[y % 4, x % 2];
        colours[y / 4, x / 2] = colour;
    }

    /// <summary>Draws a line, dotted where it is dashed.</summary>
    public void Line(double fromX, double fromY, double toX, double toY, SKColor colour, bool isDashed)
    {
        var steps = (int)Math.Min(4 * (Width + Height),
            Math.Ceiling(Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY))));
        for (var i = 0; i <= steps; i++)
        {
            var share = steps == 0 ? 0 : i / (double)steps;
            var x = (int)Math.Round(fromX + (toX - fromX) * share);
            var y = (int)Math.Round(fromY + (toY - fromY) * share);
            if (!isDashed || (x + y) % 4 < 2)
                Set(x, y, colour);
        }
    }

    /// <summary>A row as text.</summary>
    public string Row(int row, bool colour)
    {
        var text = new StringBuilder();
        for (var column = 0; column < columns;)
        {
            var first = column;
            while (column < columns && colours[row, column] == colours[row, first])
                column++;
            var run = string.Concat(Enumerable.Range(first, column - first)
                .Select(at => dots[row, at] == 0 ? ' ' : (char)(0x2800 + dots[row, at])));
            text.Append(Ansi.Paint(run, colours[row, first], colour));
        }

        return text.ToString();
    }
}
