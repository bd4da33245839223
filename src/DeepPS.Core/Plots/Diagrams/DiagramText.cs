using System.Text;

namespace DeepPS.Plots;

/// <summary>A diagram as lines of text: a box on each line, and where its arrows come from unless that is the line
/// before.</summary>
internal static class DiagramText
{
    /// <summary>The text.</summary>
    public static string Of(Diagram diagram, int width, bool colour)
    {
        var names = diagram.Boxes.Select(box => box.Name).ToArray();
        var wide = Math.Min(names.Max(name => name.Length), width / 3);
        var text = new StringBuilder().AppendLine(diagram.Title).AppendLine();
        for (var i = 0; i < names.Length; i++)
        {
            var sources = diagram.Arrows.Where(arrow => arrow.To == i).Select(arrow => arrow.From).ToArray();
            var follows = sources is [var only] && only == i - 1;
            var rest = string.Join("  ", diagram.Boxes[i].Details)
                + (follows || sources.Length == 0 ? "" : $"  <- {string.Join(", ", sources.Select(at => names[at]))}");
            var symbol = sources.Length == 0 ? "○" : follows ? "│" : "├";
            text.AppendLine($"{Ansi.Paint(symbol, DiagramPen.ColourOf(diagram.Boxes[i].Kind, Palette.Dark), colour)} "
                + $"{Cut(names[i], wide).PadRight(wide)}  {Cut(rest, Math.Max(10, width - wide - 5))}");
        }

        return text.ToString();
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
