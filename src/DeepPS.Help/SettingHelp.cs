using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepPS.Help;

/// <summary>
/// Parameters of cmdlets that make catalog items: the settings of an item, which become parameters when its type is
/// named. The cmdlet has the kind of item, and the catalog has the settings.
/// </summary>
internal static class SettingHelp
{
    /// <summary>The settings that a cmdlet may take, with help for each type of item.</summary>
    public static IReadOnlyList<Setting> Of(CmdletFace face)
    {
        var kind = face.Type.GetProperty("ItemKind", BindingFlags.Instance | BindingFlags.NonPublic)
            ?.GetValue(RuntimeHelpers.GetUninitializedObject(face.Type));
        return kind is null ? [] : Entries(kind)
            .SelectMany(entry => ((IEnumerable)Get(entry, "Settings")!).Cast<object>()
                .Select(setting => (entry, setting)))
            .GroupBy(pair => (string)Get(pair.setting, "Name")!)
            .Select(group => new Setting(group.Key, TypeName(group.First().setting),
                group.GroupBy(pair => (string)Get(pair.setting, "Summary")!).Select(same =>
                    $"{string.Join(", ", same.Select(pair => Get(pair.entry, "Name")))}: {same.Key}"
                    + Extras(same.First().setting)).ToArray(),
                group.Select(pair => Default(pair.setting)).Distinct().ToArray() is [var common] ? common : null))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal).ToArray();
    }

    private static IEnumerable<object> Entries(object kind)
    {
        var catalog = kind.GetType().Assembly.GetType("DeepPS.Catalog.CatalogIndex", throwOnError: true)!;
        IEnumerable<object> Get(object of) =>
            ((IEnumerable)catalog.GetMethod("Get")!.Invoke(null, [of])!).Cast<object>();
        return kind.ToString() == "Layer" ? Get(kind).Concat(Get(Enum.Parse(kind.GetType(), "Activation"))) : Get(kind);
    }

    /// <summary>As in the cmdlets, a setting that is false by default is a switch.</summary>
    private static string TypeName(object setting) => Get(setting, "Default") is false ? "SwitchParameter"
        : ParameterFace.NameOf((Type)Get(setting, "ValueType")!);

    private static string Extras(object setting) => (bool)Get(setting, "Required")! ? " It is required."
        : Get(setting, "Default") is not false && Default(setting) is { } value ? $" Default: {value}." : "";

    /// <summary>The default of a setting; null where it must be given or is empty.</summary>
    private static string? Default(object setting) =>
        (bool)Get(setting, "Required")! ? null : ParameterDefault.Text(Get(setting, "Default"));

    private static object? Get(object target, string property) =>
        target.GetType().GetProperty(property)?.GetValue(target);

    /// <summary>A setting as a parameter.</summary>
    internal sealed record Setting(string Name, string TypeName, IReadOnlyList<string> Help, string? Default);
}
