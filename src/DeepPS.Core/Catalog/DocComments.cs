using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeepPS.Catalog;

/// <summary>The summaries of an assembly's doc comments, from the XML file that is built with it: the only source of
/// help for the catalog. Read when first needed; empty if there is no file.</summary>
internal sealed partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, DocComments> Loaded = new();
    private readonly Lazy<Dictionary<string, string>> summaries;

    private DocComments(Assembly assembly) =>
        summaries = new(() => Load(assembly.Location));

    public static DocComments Of(Assembly assembly) => Loaded.GetOrAdd(assembly, a => new DocComments(a));

    public string Summary(Type type) => Find("T:" + NameOf(type));

    public string Summary(PropertyInfo property) => Find($"P:{NameOf(property.DeclaringType!)}.{property.Name}");

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private string Find(string member) => summaries.Value.GetValueOrDefault(member, "");

    /// <summary>A packed module has assemblies in <c>runtimes/PLATFORM/lib</c>, and the file three folders above.
    /// </summary>
    private static Dictionary<string, string> Load(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        var above = Path.Combine(Path.GetDirectoryName(beside)!, "..", "..", "..", Path.GetFileName(beside));
        if (new[] { beside, above }.FirstOrDefault(File.Exists) is not { } path)
            return [];
        return XDocument.Load(path).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!));
    }

    private static string Text(XElement summary)
    {
        var words = string.Concat(summary.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { IsEmpty: true } see => Reference(see),
            _ => "",
        }));
        return Whitespace().Replace(words, " ").Trim();
    }

    private static string Reference(XElement see) =>
        see.Attribute("langword")?.Value ?? see.Attribute("name")?.Value
        ?? see.Attribute("cref")?.Value.Split('.')[^1].Split('`')[0] ?? "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
