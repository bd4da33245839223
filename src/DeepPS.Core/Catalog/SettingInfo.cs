using System.Collections;
using System.Globalization;
using System.Reflection;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>One setting of a catalog item: its name, type, default, range and help.</summary>
public sealed class SettingInfo
{
    private readonly CatalogEntry entry;
    private readonly PropertyInfo property;
    private readonly SettingAttribute attribute;

    internal SettingInfo(CatalogEntry entry, PropertyInfo property, SettingAttribute attribute)
    {
        this.entry = entry;
        this.property = property;
        this.attribute = attribute;
        ValueType = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    /// <summary>The setting's name.</summary>
    public string Name => property.Name;

    /// <summary>Its type.</summary>
    public Type ValueType { get; }

    /// <summary>The position of the setting when given without its name, from 0; -1 for by name only.</summary>
    public int Position => attribute.Position;

    /// <summary>Whether the setting is required.</summary>
    public bool Required => attribute.Required;

    /// <summary>The smallest number allowed; negative infinity for no limit.</summary>
    public double Minimum => attribute.Minimum;

    /// <summary>The largest number allowed; positive infinity for no limit.</summary>
    public double Maximum => attribute.Maximum;

    /// <summary>The default value.</summary>
    public object? Default => Required ? null : property.GetValue(entry.Defaults);

    /// <summary>The default as one types it: <c>$true</c>, <c>3, 3</c>, <c>'same'</c>, <c>ReLU</c>.</summary>
    public string DefaultText => Required ? "(required)" : Typed(Default);

    /// <summary>One line of help.</summary>
    public string Summary => DocComments.Of(entry.Type.Assembly).Summary(property);

    /// <summary>The names of valid values, for an enumeration or a catalog kind; else empty.</summary>
    public IReadOnlyList<string> Choices =>
        ValueType.IsEnum ? Enum.GetNames(ValueType)
        : ItemKind is { } kind ? CatalogIndex.Get(kind).Select(e => e.Name).ToArray()
        : [];

    /// <summary>The kind of catalog item that the setting takes, by object or by name; null if it takes none.</summary>
    public CatalogKind? ItemKind => CatalogIndex.KindOf(ValueType);

    /// <summary>Whether a value is the default.</summary>
    public bool IsDefault(object? value) => StructuralComparisons.StructuralEqualityComparer.Equals(value, Default);

    /// <summary>The setting's value in an item.</summary>
    public object? Get(CatalogItem item) => property.GetValue(item);

    /// <summary>Name, type and default on one line.</summary>
    public override string ToString() => $"{Name} <{ValueType.Name}>" + (Required ? "" : $" = {DefaultText}");

    internal void Set(CatalogItem item, object? value) => property.SetValue(item, Convert(value));

    /// <summary>Converts a user's value (text, numbers, a name, a list) to the setting's type.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>: the value is invalid.</exception>
    public object? Convert(object? value)
    {
        if (value is null)
            return Nullable.GetUnderlyingType(property.PropertyType) is not null || !property.PropertyType.IsValueType
                ? null
                : throw Invalid("nothing");
        object converted;
        try
        {
            converted = SettingValue.Convert(value, ValueType);
        }
        catch (Exception e) when (
            e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            throw Invalid($"'{value}'", e);
        }

        if (converted is int or long or double or float
            && System.Convert.ToDouble(converted, CultureInfo.InvariantCulture) is var number
            && !(number >= Minimum && number <= Maximum))
            throw Invalid($"'{value}'");
        return converted;
    }

    private static string Typed(object? value) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        CatalogItem item => item.Entry.Name,
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        Enum name => name.ToString(),
        _ when SettingValue.IsSettingValue(value.GetType()) => Typed(SettingValue.Plain(value)),
        IEnumerable list => list.Cast<object?>().Select(Typed).ToArray() is [_, ..] items
            ? string.Join(", ", items) : "@()",
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private DlException Invalid(string actual, Exception? inner = null)
    {
        var range = (double.IsInfinity(Minimum), double.IsInfinity(Maximum)) switch
        {
            (false, false) => $" from {Minimum} to {Maximum}",
            (false, true) => $" of {Minimum} or more",
            (true, false) => $" of {Maximum} or less",
            _ => "",
        };
        var expected = Choices.Count > 0
            ? "one of " + string.Join(", ", Choices)
            : SettingValue.Describe(ValueType) + range;
        return new DlException("InvalidSetting", DlErrorKind.InvalidArgument,
            $"{entry.Kind} {entry.Name}: {Name} must be {expected}; got {actual}.", actual, inner);
    }
}
