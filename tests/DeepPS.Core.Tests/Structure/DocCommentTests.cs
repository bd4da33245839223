using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace DeepPS.Tests;

/// <summary>Doc comments are the help of the catalog: every public type and member has one or inherits it.</summary>
public class DocCommentTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Core = typeof(Catalog.CatalogItem).Assembly;

    [Fact]
    public void EveryPublicTypeAndMemberHasADocComment() =>
        Assert.Empty(Missing(Core.GetExportedTypes(), Documented()));

    [Fact]
    public void AMissingDocCommentIsFound()
    {
        var documented = Documented();
        documented.Remove("P:DeepPS.Layers.Layer.Name");
        documented.Remove("T:DeepPS.Layers.Dense");
        Assert.Equal(["P:DeepPS.Layers.Layer.Name", "T:DeepPS.Layers.Dense"],
            Missing(Core.GetExportedTypes(), documented).Order(StringComparer.Ordinal));
    }

    /// <summary>The names of documented members, without the parameters of methods.</summary>
    private static HashSet<string> Documented() => XDocument.Load(Path.ChangeExtension(Core.Location, ".xml"))
        .Descendants("member").Where(member => member.HasElements)
        .Select(member => member.Attribute("name")!.Value.Split('(', '~')[0].Split("``")[0]).ToHashSet();

    private static IEnumerable<string> Missing(IEnumerable<Type> types, HashSet<string> documented) => types
        .SelectMany(type => type.GetMembers(Declared).Where(member => IsOwn(type, member))
            .Select(member => Id(type, member)).Prepend("T:" + NameOf(type)))
        .Distinct().Where(id => !documented.Contains(id));

    private static bool IsOwn(Type type, MemberInfo member) => member switch
    {
        _ when type.IsSubclassOf(typeof(Delegate)) || member.IsDefined(typeof(CompilerGeneratedAttribute))
            || member.Name.Contains('<') => false,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => IsSeen(type, accessor)),
        MethodInfo method => IsSeen(type, method) && (!method.IsSpecialName || method.Name.StartsWith("op_")),
        ConstructorInfo constructor => IsSeen(type, constructor) && constructor.GetParameters().Length > 0,
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        _ => false,
    };

    /// <summary>Whether a method is public or protected, and neither an override nor part of an interface.</summary>
    private static bool IsSeen(Type type, MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && (method as MethodInfo)?.GetBaseDefinition() is var origin && (origin is null || origin == method)
        && !type.GetInterfaces().Where(_ => !type.IsInterface)
            .SelectMany(face => type.GetInterfaceMap(face).TargetMethods).Contains(method);

    private static string Id(Type type, MemberInfo member) => member switch
    {
        PropertyInfo => $"P:{NameOf(type)}.{member.Name}",
        FieldInfo => $"F:{NameOf(type)}.{member.Name}",
        ConstructorInfo => $"M:{NameOf(type)}.#ctor",
        _ => $"M:{NameOf(type)}.{member.Name}",
    };

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
