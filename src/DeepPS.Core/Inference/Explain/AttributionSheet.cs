using System.Globalization;
using System.Net;
using System.Text;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>Writes explanations to a file to look at: heat maps over pictures (PNG or HTML), or coloured text and
/// values (HTML).</summary>
public static class AttributionSheet
{
    /// <summary>Refuses a path of another format than those of a model's data.</summary>
    /// <exception cref="DlException"><c>UnknownSheetFormat</c>.</exception>
    public static void Check(string path, Dataset data)
    {
        var (extension, hasImages) = (Path.GetExtension(path).ToLowerInvariant(), SampleSheet.Fits(data));
        if (extension is not (".html" or ".htm") && !(extension == ".png" && hasImages))
            throw new DlException("UnknownSheetFormat", DlErrorKind.InvalidArgument,
                (hasImages ? "Heat maps are written to a .png picture or a .html page"
                    : "Attributions of columns and text are written to a .html page") + $"; '{extension}' was given.",
                path);
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">The data.</param>
    /// <param name="explained">The explanations of some of its rows.</param>
    /// <param name="cancel">Cancels; no file is written.</param>
    /// <exception cref="DlException"><c>UnknownSheetFormat</c>; <c>TooManySamples</c>;
    /// <c>ImageLibraryNotFound</c>.</exception>
    public static void Write(string path, Model model, Dataset data, IReadOnlyList<AttributedSample> explained,
        CancellationToken cancel = default)
    {
        Check(path, data);
        var rows = explained.Select(sample => sample.Row - 1).ToArray();
        var title = $"{data.Name}: {rows.Length:N0} explained samples";
        if (SampleSheet.Fits(data))
        {
            var samples = SampleSheet.Samples(data, rows, new SampleSheetOptions { Model = model }, cancel)
                .Zip(explained, (sample, own) => sample with
                {
                    Pictures = [.. sample.Pictures,
                        .. own.Maps.Take(1).Select(map => HeatColours.Over(sample.Pictures[0], map.Map))],
                }).ToArray();
            SampleSheet.WriteFile(path, title, samples);
            return;
        }

        var chosen = data.Take(rows);
        var predictions = Predictor.Predict(model, chosen, cancel);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                leaveOpen: true);
            WritePage(writer, title, explained, i => (Sample.Words(chosen.Label?[i]),
                Sample.Words(predictions[i].Value)
                + (predictions[i].Probability is { } sure ? sure.ToString(" 0.00", CultureInfo.CurrentCulture) : "")));
        });
    }

    private static void WritePage(TextWriter writer, string title, IReadOnlyList<AttributedSample> explained,
        Func<int, (string Label, string Prediction)> words)
    {
        var heading = WebUtility.HtmlEncode(title);
        writer.Write($$"""
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>{{heading}}</title><style>
            body { font-family: sans-serif; max-width: 60em; margin: 1em auto; padding: 0 1em; }
            section { border-top: 1px solid #ccc; padding: .6em 0; }
            section p { margin: .3em 0; line-height: 1.7; }
            .part { padding: 1px 3px; border-radius: 3px; margin-right: 2px; display: inline-block; }
            .sample { color: #444; font-size: 90%; }
            </style></head><body><h1>{{heading}}</h1>
            <p><span class="part" style="background:{{Css(1, 1)}}">orange</span> speaks for the output,
            <span class="part" style="background:{{Css(-1, 1)}}">blue</span> against it; point at a part for its
            number.</p>

            """);
        foreach (var (i, sample) in explained.Index())
        {
            var (label, prediction) = words(i);
            var first = sample.Rows.FirstOrDefault();
            writer.WriteLine($"<section><p class=\"sample\">Row {sample.Row}"
                + (label.Length > 0 ? $" &middot; label <b>{WebUtility.HtmlEncode(label)}</b>" : "")
                + $" &middot; predicted <b>{WebUtility.HtmlEncode(prediction)}</b>"
                + (first is null ? "" : $" &middot; output{(first.Class is null ? ""
                    : $" of {WebUtility.HtmlEncode($"{first.Class}")}")} {first.Output:0.00}, baseline "
                    + $"{first.Baseline:0.00}") + "</p>");
            var scale = HeatColours.Scale(sample.Rows.Select(row => row.Attribution));
            foreach (var column in sample.Rows.GroupBy(row => row.Place is null ? null : row.Column))
                writer.WriteLine("<p>" + string.Concat(column.Select(row => Part(row, scale))) + "</p>");
            writer.WriteLine("</section>");
        }

        writer.WriteLine("</body></html>");
    }

    private static string Part(AttributionRow row, double scale)
    {
        var value = WebUtility.HtmlEncode(Sample.Words(row.Value));
        return $"<span class=\"part\" style=\"background:{Css(row.Attribution, scale)}\" "
            + $"title=\"{row.Attribution:0.0000}\">{(row.Place is null
                ? $"{WebUtility.HtmlEncode(row.Column)} = " : "")}{value}</span> ";
    }

    /// <summary>The background of a part: text stays readable on it.</summary>
    private static string Css(double attribution, double scale)
    {
        var (colour, strength) = HeatColours.Of(attribution, scale);
        return FormattableString.Invariant(
            $"rgba({colour.Red},{colour.Green},{colour.Blue},{0.65 * strength:0.00})");
    }
}
