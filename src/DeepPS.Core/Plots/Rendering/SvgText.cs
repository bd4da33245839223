using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DeepPS.Plots;

/// <summary>Completes the SVG that Skia writes: a title for screen readers, a size that scales, a font that every
/// viewer has.</summary>
internal static class SvgText
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Completes a document.</summary>
    /// <param name="bytes">The document as Skia wrote it.</param>
    /// <param name="title">The drawing's title.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    public static byte[] Finish(byte[] bytes, string title, int width, int height)
    {
        using var source = new MemoryStream(bytes);
        var document = XDocument.Load(source);
        var root = document.Root!;
        root.SetAttributeValue("viewBox", $"0 0 {width} {height}");
        root.SetAttributeValue("role", "img");
        root.AddFirst(new XElement(Svg + "title", Clean(title)));
        foreach (var text in root.Descendants(Svg + "text"))
        {
            text.Value = text.Value.Trim();
            text.SetAttributeValue("font-family", $"{(string?)text.Attribute("font-family")}, sans-serif");
            // Skia gives each letter a place, which would be wrong in another font: the first one and the whole width
            // fit any.
            foreach (var name in new[] { "x", "y" })
                if ((string?)text.Attribute(name) is { } all)
                    text.SetAttributeValue(name, all.Split(',')[0].Trim());
            if (text.Value.Length > 1 && float.TryParse((string?)text.Attribute("font-size"),
                CultureInfo.InvariantCulture, out var size))
            {
                text.SetAttributeValue("textLength",
                    CanvasText.Width(text.Value, size).ToString("0.##", CultureInfo.InvariantCulture));
                text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
            }
        }

        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = false }))
            document.Save(writer);
        return stream.ToArray();
    }

    private static string Clean(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));
}
