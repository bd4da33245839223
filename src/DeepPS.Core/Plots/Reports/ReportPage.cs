using System.Net;
using System.Text;
using DeepPS.Common;

namespace DeepPS.Plots;

/// <summary>Writes a report as one HTML file without outside links, for screens of any width and for print.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #222; background: #fff;
          line-height: 1.45; margin: 0 auto; max-width: 1000px; padding: 16px 20px 40px; }
        h1 { font-size: 1.7rem; margin: .4em 0 .1em; } h2 { font-size: 1.25rem; margin: 1.6em 0 .5em;
          border-bottom: 2px solid #0072b2; padding-bottom: .15em; break-after: avoid; }
        nav { font-size: .9rem; } nav a { color: #0072b2; margin-right: 1em; white-space: nowrap; }
        .date { color: #666; font-size: .9rem; margin: 0 0 .6em; }
        .scroll { overflow-x: auto; margin: .6em 0; }
        table { border-collapse: collapse; font-size: .88rem; }
        th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid #e4e4e4; vertical-align: top;
          overflow-wrap: break-word; max-width: 30em; } th { color: #555; font-weight: 600; }
        th, td:first-child, td.bars { white-space: nowrap; }
        img.drawing { max-width: 100%; height: auto; display: block; margin: .6em 0; break-inside: avoid; }
        .pictures { display: flex; flex-wrap: wrap; gap: 12px; margin: .6em 0; }
        figure { margin: 0; text-align: center; font-size: .8rem; max-width: 140px; break-inside: avoid; }
        figure img { image-rendering: pixelated; min-height: 84px; max-width: 140px; }
        @media print { nav { display: none; } body { max-width: none; padding: 0; font-size: 10.5pt; }
          .scroll { overflow: visible; } tr { break-inside: avoid; } }
        """;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">The title.</param>
    /// <param name="sections">The sections.</param>
    public static void Write(string path, string title, IReadOnlyList<ReportSection> sections) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            Write(writer, title, sections);
        });

    private static void Write(TextWriter writer, string title, IReadOnlyList<ReportSection> sections)
    {
        writer.Write($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>{Html(title)}</title>
            <style>
            {Style}
            </style></head><body>
            <h1>{Html(title)}</h1>
            <p class="date">{DateTimeOffset.Now:yyyy-MM-dd HH:mm zzz}</p>
            <nav>
            """);
        foreach (var (i, section) in sections.Index())
            writer.Write($"<a href=\"#s{i}\">{Html(section.Title)}</a>");
        writer.WriteLine("</nav>");
        foreach (var (i, section) in sections.Index())
        {
            writer.WriteLine($"<h2 id=\"s{i}\">{Html(section.Title)}</h2>");
            foreach (var part in section.Parts)
                Write(writer, part);
        }

        writer.WriteLine("</body></html>");
    }

    private static void Write(TextWriter writer, ReportPart part)
    {
        switch (part)
        {
            case ReportText text:
                writer.WriteLine($"<p>{Html(text.Text)}</p>");
                break;
            case ReportTable table:
                writer.Write("<div class=\"scroll\"><table><thead><tr>");
                foreach (var column in table.Columns)
                    writer.Write($"<th>{Html(column)}</th>");
                writer.WriteLine("</tr></thead><tbody>");
                foreach (var row in table.Rows)
                    writer.WriteLine($"<tr>{string.Concat(row.Select(Cell))}</tr>");
                writer.WriteLine("</tbody></table></div>");
                break;
            case ReportDrawing { Drawing: var drawing }:
                // As a picture of its own: names inside an SVG would clash with those of the next one.
                var (width, height) = drawing.Size;
                writer.WriteLine($"<img class=\"drawing\" width=\"{width}\" height=\"{height}\" "
                    + $"alt=\"{Html(drawing.Title)}\" "
                    + $"src=\"data:image/svg+xml;base64,{Convert.ToBase64String(DrawingFile.Svg(drawing))}\">");
                break;
            case ReportPictures pictures:
                writer.WriteLine("<div class=\"pictures\">");
                foreach (var (png, text) in pictures.Items)
                    writer.WriteLine($"<figure><img alt=\"{Html(text)}\" "
                        + $"src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">"
                        + $"<figcaption>{Html(text)}</figcaption></figure>");
                writer.WriteLine("</div>");
                break;
        }
    }

    private static string Cell(string text) =>
        $"<td{(text.Any(letter => letter is >= '▁' and <= '█') ? " class=\"bars\"" : "")}>{Html(text)}</td>";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
