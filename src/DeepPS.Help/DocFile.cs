using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeepPS.Help;

/// <summary>An assembly's doc comments.</summary>
internal sealed partial class DocFile(string path)
{
    private readonly Dictionary<string, XElement> members = XDocument.Load(path, LoadOptions.PreserveWhitespace)
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>A part of a type's comment as one line; empty where there is none.</summary>
    public string Text(Type type, string part) => Line(Member(type)?.Element(part));

    /// <summary>The paragraphs of a part of a type's comment, which empty lines separate; each as one line.</summary>
    public IReadOnlyList<string> Paragraphs(Type type, string part) => Member(type)?.Element(part) is { } element
        ? EmptyLine().Split(Plain(element)).Select(OneLine).Where(text => text.Length > 0).ToArray() : [];

    /// <summary>The summary of a property, which a base may declare, as one line; empty where there is none.</summary>
    public string Summary(Type type, string property) =>
        Line(members.GetValueOrDefault($"P:{type.GetProperty(property)?.DeclaringType?.FullName}.{property}")
            ?.Element("summary"));

    /// <summary>The examples of a type's comment: code and explanation.</summary>
    public IEnumerable<(string Code, string Remarks)> Examples(Type type) => Member(type)?.Elements("example")
        .Select(example => (Code(example.Element("code")), Line(example.Element("para")))) ?? [];

    private XElement? Member(Type type) => members.GetValueOrDefault("T:" + type.FullName);

    /// <summary>The lines of an example, indented relative to the element.</summary>
    private static string Code(XElement? code)
    {
        var indent = ((code?.PreviousNode as XText)?.Value ?? "").Split('\n')[^1].Length;
        return string.Join("\n", (code?.Value ?? "").Trim().Split('\n').Select(
            (line, i) => i == 0 ? line : line[Math.Min(indent, line.Length - line.TrimStart().Length)..].TrimEnd()));
    }

    private static string Line(XElement? element) => element is null ? "" : OneLine(Plain(element));

    private static string OneLine(string text) => Whitespace().Replace(text, " ").Trim();

    private static string Plain(XElement element) => string.Concat(element.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } see => Reference(see),
        _ => "",
    }));

    private static string Reference(XElement see) => see.Attribute("langword")?.Value ?? see.Attribute("name")?.Value
        ?? see.Attribute("cref")?.Value.Split('.')[^1].Split('`')[0] ?? "";

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex EmptyLine();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
