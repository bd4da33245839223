using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>Anything that is found by name in the <see cref="CatalogIndex"/>: a layer, activation, initializer,
/// regularizer, loss, metric, optimizer, schedule, architecture, dataset generator, published dataset or augmentation.
/// An item is an immutable record of its settings.</summary>
/// <remarks>A new item is one new file: a sealed record derived from the base of its kind, marked with
/// <see cref="CatalogEntryAttribute"/>, each setting an <c>init</c> property marked with
/// <see cref="SettingAttribute"/>. Parameters, completion, model files and documentation follow from it; its help text
/// is its XML doc comment.</remarks>
public abstract record CatalogItem
{
    /// <summary>The entry that this item is made from.</summary>
    public CatalogEntry Entry => CatalogIndex.EntryOf(GetType());

    /// <summary>Refuses settings that cannot work, alone or with one another, beyond the range of each.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>.</exception>
    protected internal virtual void Validate()
    {
    }

    /// <summary>Adds to the item's JSON what is not one of its settings.</summary>
    internal virtual void WriteJson(JsonObject json)
    {
    }

    /// <summary>The item with what <see cref="WriteJson"/> added.</summary>
    internal virtual CatalogItem ReadJson(JsonNode json) => this;
}

/// <summary>Puts a <see cref="CatalogItem"/> into the catalog under a name and, optionally, other names.</summary>
/// <param name="name">The field's standard name, in PascalCase.</param>
/// <param name="aliases">Other names that it is known by.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CatalogEntryAttribute(string name, params string[] aliases) : Attribute
{
    /// <summary>The field's standard name.</summary>
    public string Name { get; } = name;

    /// <summary>Other names that it is known by.</summary>
    public IReadOnlyList<string> Aliases { get; } = aliases;
}

/// <summary>Makes a type the base of all catalog items of a kind.</summary>
/// <param name="kind">The kind of item.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CatalogBaseAttribute(CatalogKind kind) : Attribute
{
    /// <summary>The kind of item.</summary>
    public CatalogKind Kind { get; } = kind;
}

/// <summary>Marks an <c>init</c> property of a <see cref="CatalogItem"/> as one of its settings.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute : Attribute
{
    /// <summary>Where the setting stands when it is given without its name, from 0; -1: by name only.</summary>
    public int Position { get; init; } = -1;

    /// <summary>Whether there is no default.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest number allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest number allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;
}

/// <summary>The kinds of things in the catalog.</summary>
public enum CatalogKind
{
    /// <summary>A layer of a network.</summary>
    Layer,

    /// <summary>An activation function; usable as a layer and as a setting of a layer.</summary>
    Activation,

    /// <summary>How a parameter gets its initial values.</summary>
    Initializer,

    /// <summary>What makes weights or activities small.</summary>
    Regularizer,

    /// <summary>What training makes small.</summary>
    Loss,

    /// <summary>What a model is judged by.</summary>
    Metric,

    /// <summary>How parameters follow their gradients.</summary>
    Optimizer,

    /// <summary>How the learning rate changes over a run.</summary>
    Schedule,

    /// <summary>A published network.</summary>
    Architecture,

    /// <summary>A generated dataset.</summary>
    Dataset,

    /// <summary>A published dataset.</summary>
    KnownDataset,

    /// <summary>What changes training samples by chance.</summary>
    Augmentation,
}
