using System.Net;

namespace DeepPS.Inference;

/// <summary>A self-contained web page of samples: images with their labels and, in green or red, a model's
/// predictions.</summary>
internal static class SamplePage
{
    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter writer, string title, IReadOnlyList<Sample> samples)
    {
        var heading = WebUtility.HtmlEncode(title);
        writer.Write($$"""
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>{{heading}}</title><style>
            body { font-family: sans-serif; }
            .sheet { display: flex; flex-wrap: wrap; gap: 12px; }
            figure { margin: 0; text-align: center; font-size: 13px; }
            img { image-rendering: pixelated; min-height: {{ContactSheet.ImageSize}}px; margin-right: 2px; }
            .right { color: green; } .wrong { color: #c80000; }
            </style></head><body><h1>{{heading}}</h1><div class="sheet">

            """);
        foreach (var sample in samples)
        {
            var label = WebUtility.HtmlEncode(sample.Label);
            writer.Write($"<figure title=\"row {sample.Row}\">");
            foreach (var picture in sample.Pictures)
                writer.Write($"<img alt=\"{label}\" src=\"data:image/png;base64,"
                    + $"{Convert.ToBase64String(PngWriter.Bytes(picture))}\">");
            writer.Write($"<figcaption>{label}");
            foreach (var (text, isRight) in sample.Captions ?? [])
                writer.Write($" <span class=\"{Class(isRight)}\">{WebUtility.HtmlEncode(text)}</span>");
            if (sample.Prediction is { } prediction)
                writer.Write($"<br><span class=\"{Class(sample.IsRight)}\">{WebUtility.HtmlEncode(prediction)}</span>");
            writer.WriteLine("</figcaption></figure>");
        }

        writer.WriteLine("</div></body></html>");
    }

    private static string Class(bool? isRight) => isRight switch { true => "right", false => "wrong", null => "open" };
}
