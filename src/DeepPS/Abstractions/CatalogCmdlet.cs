using System.Management.Automation;
using DeepPS.Catalog;

namespace DeepPS.Abstractions;

/// <summary>Base of cmdlets that make a catalog item: the item's settings are parameters of the cmdlet.</summary>
public abstract class CatalogCmdlet : WorkCmdlet, IDynamicParameters
{
    private DynamicSettings? settings;

    /// <summary>The kind of item that the cmdlet makes.</summary>
    protected internal abstract CatalogKind ItemKind { get; }

    /// <summary>The item's name, as the user gave it.</summary>
    protected abstract string? ItemName { get; }

    /// <summary>The position of the item's first positional setting.</summary>
    protected virtual int FirstSettingPosition => 1;

    /// <summary>The parameter set of the settings; null for all sets.</summary>
    protected virtual string? SettingsParameterSet => null;

    /// <inheritdoc/>
    public object GetDynamicParameters() =>
        (settings = new DynamicSettings(ItemKind, ItemName, FirstSettingPosition, SettingsParameterSet)).Parameters;

    /// <summary>Makes the item from the given settings.</summary>
    protected CatalogItem Create() => CatalogIndex.Create(ItemKind, ItemName!, settings?.Given());
}
