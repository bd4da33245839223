using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepPS.Help;

/// <summary>
/// The settings that are parameters of a cmdlet as soon as a type is named: a cmdlet that makes items of the catalog says
/// of which kind, and the catalog says which settings they have.
/// </summary>
internal static class SettingHelp
{
    /// <summary>The settings that a cmdlet may take, each with what it is for each type.</summary>
    public static IReadOnlyList<Setting> Of(CmdletFace face)
    {
        var kind = face.Type.GetProperty("ItemKind", BindingFlags.Instance | BindingFlags.NonPublic)
            ?.GetValue(RuntimeHelpers.GetUninitializedObject(face.Type));
        return kind is null ? [] : Entries(kind)
            .SelectMany(entry => ((IEnumerable)Get(entry, "Settings")!).Cast<object>().Select(setting => (entry, setting)))
            .GroupBy(pair => (string)Get(pair.setting, "Name")!)
            .Select(group => new Setting(group.Key, TypeName(group.First().setting),
                group.GroupBy(pair => (string)Get(pair.setting, "Summary")!)
                    .Select(same => $"{string.Join(", ", same.Select(pair => Get(pair.entry, "Name")))}: {same.Key}{Extras(same.First().setting)}")
                    .ToArray()))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal).ToArray();
    }

    private static IEnumerable<object> Entries(object kind)
    {
        var catalog = kind.GetType().Assembly.GetType("DeepPS.Catalog.CatalogIndex", throwOnError: true)!;
        IEnumerable<object> Get(object of) => ((IEnumerable)catalog.GetMethod("Get")!.Invoke(null, [of])!).Cast<object>();
        return kind.ToString() == "Layer" ? Get(kind).Concat(Get(Enum.Parse(kind.GetType(), "Activation"))) : Get(kind);
    }

    /// <summary>As the cmdlets have it: what is false by default is a switch.</summary>
    private static string TypeName(object setting) => Get(setting, "Default") is false ? "SwitchParameter"
        : ParameterFace.NameOf((Type)Get(setting, "ValueType")!);

    private static string Extras(object setting)
    {
        if ((bool)Get(setting, "Required")!)
            return " It is required.";
        return Get(setting, "Default") switch
        {
            null or false => "",
            Array list => $" Default: {string.Join(", ", list.Cast<object>())}.",
            var value when Get(value, "Entry") is { } entry => $" Default: {entry}.",
            var value => FormattableString.Invariant($" Default: {value}."),
        };
    }

    private static object? Get(object target, string property) => target.GetType().GetProperty(property)?.GetValue(target);

    /// <summary>A setting as a parameter.</summary>
    internal sealed record Setting(string Name, string TypeName, IReadOnlyList<string> Help);
}
