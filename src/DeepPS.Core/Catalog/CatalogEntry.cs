using System.Reflection;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>An entry of the catalog: names, kind, settings and help of an item.</summary>
public sealed class CatalogEntry
{
    private readonly Lazy<CatalogItem> defaults;

    internal CatalogEntry(Type type, CatalogKind kind, CatalogEntryAttribute attribute)
    {
        Type = type;
        Kind = kind;
        Name = attribute.Name;
        Aliases = attribute.Aliases;
        defaults = new Lazy<CatalogItem>(() => (CatalogItem)Activator.CreateInstance(type)!);
        Settings = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, setting: property.GetCustomAttribute<SettingAttribute>()))
            .Where(pair => pair.setting is not null)
            .Select(pair => new SettingInfo(this, pair.property, pair.setting!))
            .OrderBy(setting => setting.Position < 0 ? int.MaxValue : setting.Position)
            .ToArray();
    }

    /// <summary>The kind of item.</summary>
    public CatalogKind Kind { get; }

    /// <summary>The field's standard name.</summary>
    public string Name { get; }

    /// <summary>Other names (aliases).</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>One line of help.</summary>
    public string Summary => DocComments.Of(Type.Assembly).Summary(Type);

    /// <summary>Its settings, positional ones first.</summary>
    public IReadOnlyList<SettingInfo> Settings { get; }

    internal Type Type { get; }

    internal CatalogItem Defaults => defaults.Value;

    /// <summary>Creates an item from settings by name.</summary>
    /// <param name="settings">Values by setting name, in any case; other settings keep their defaults.</param>
    /// <exception cref="DlException"><c>UnknownSetting</c>, <c>MissingSetting</c> or <c>InvalidSetting</c>.</exception>
    public CatalogItem Create(IEnumerable<KeyValuePair<string, object?>> settings)
    {
        var item = (CatalogItem)Activator.CreateInstance(Type)!;
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
        {
            var setting = Settings.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new DlException("UnknownSetting", DlErrorKind.InvalidArgument,
                    $"{Kind} {Name} has no setting '{name}'. Settings: "
                    + (Settings.Count == 0 ? "none" : string.Join(", ", Settings.Select(s => s.Name))) + ".", name);
            setting.Set(item, value);
            given.Add(name);
        }

        var missing = Settings.FirstOrDefault(s => s.Required && !given.Contains(s.Name));
        if (missing is not null)
            throw new DlException("MissingSetting", DlErrorKind.InvalidArgument,
                $"{Kind} {Name} needs {missing.Name}: {missing.Summary}", Name);
        item.Validate();
        return item;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
