using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeepPS.Help;

/// <summary>An assembly's doc comments.</summary>
internal sealed partial class DocFile(string path)
{
    private readonly Dictionary<string, XElement> members = XDocument.Load(path).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The text of a part of a type's comment, in one line; empty where there is none.</summary>
    public string Text(Type type, string part) => Line(Member(type)?.Element(part));

    /// <summary>The summary of a property, of the type or of a base that declares it, in one line; empty where there is none.</summary>
    public string Summary(Type type, string property) =>
        Line(members.GetValueOrDefault($"P:{type.GetProperty(property)?.DeclaringType?.FullName}.{property}")?.Element("summary"));

    /// <summary>The examples of a type's comment: code and what it does.</summary>
    public IEnumerable<(string Code, string Remarks)> Examples(Type type) => Member(type)?.Elements("example")
        .Select(example => (Code(example.Element("code")), Line(example.Element("para")))) ?? [];

    private XElement? Member(Type type) => members.GetValueOrDefault("T:" + type.FullName);

    private static string Code(XElement? code) =>
        string.Join("\n", (code?.Value ?? "").Trim().Split('\n').Select(line => line.Trim()));

    private static string Line(XElement? element) => element is null ? "" : Whitespace().Replace(string.Concat(
        element.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { IsEmpty: true } see => Reference(see),
            _ => "",
        })), " ").Trim();

    private static string Reference(XElement see) => see.Attribute("langword")?.Value ?? see.Attribute("name")?.Value
        ?? see.Attribute("cref")?.Value.Split('.')[^1].Split('`')[0] ?? "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
