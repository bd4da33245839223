using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>An item found by name in the <see cref="CatalogIndex"/>: a layer, activation, initializer, regularizer,
/// loss, metric, optimizer, schedule, architecture, dataset generator, published dataset or augmentation. An item is an
/// immutable record of its settings.</summary>
/// <remarks>A new item is a sealed record derived from the base of its kind and marked with
/// <see cref="CatalogEntryAttribute"/>, each setting an <c>init</c> property marked with
/// <see cref="SettingAttribute"/>. Parameters, completion and model files follow from it; its help text is its doc
/// comment.</remarks>
public abstract record CatalogItem
{
    /// <summary>The catalog entry of the item.</summary>
    public CatalogEntry Entry => CatalogIndex.EntryOf(GetType());

    /// <summary>Throws for invalid settings or combinations, beyond the range of each setting.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>.</exception>
    protected internal virtual void Validate()
    {
    }

    /// <summary>Adds data other than settings to the item's JSON.</summary>
    internal virtual void WriteJson(JsonObject json)
    {
    }

    /// <summary>The item with the data added by <see cref="WriteJson"/>.</summary>
    internal virtual CatalogItem ReadJson(JsonNode json) => this;
}

/// <summary>Puts a <see cref="CatalogItem"/> into the catalog under a name and optional aliases.</summary>
/// <param name="name">The field's standard name, in PascalCase.</param>
/// <param name="aliases">Other names (aliases).</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CatalogEntryAttribute(string name, params string[] aliases) : Attribute
{
    /// <summary>The field's standard name.</summary>
    public string Name { get; } = name;

    /// <summary>Other names (aliases).</summary>
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
    /// <summary>The position of the setting when given without its name, from 0; -1 for by name only.</summary>
    public int Position { get; init; } = -1;

    /// <summary>Whether the setting is required.</summary>
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

    /// <summary>A penalty on weights or activities.</summary>
    Regularizer,

    /// <summary>A loss to minimize.</summary>
    Loss,

    /// <summary>A metric of models.</summary>
    Metric,

    /// <summary>An optimizer: how gradients update parameters.</summary>
    Optimizer,

    /// <summary>How the learning rate changes over a run.</summary>
    Schedule,

    /// <summary>A published network.</summary>
    Architecture,

    /// <summary>A generated dataset.</summary>
    Dataset,

    /// <summary>A published dataset.</summary>
    KnownDataset,

    /// <summary>A random change of training samples.</summary>
    Augmentation,

    /// <summary>What the generator and the critic of a generative adversarial network minimize.</summary>
    GanObjective,

    /// <summary>A way to attribute an output to the parts of an input.</summary>
    Attribution,

    /// <summary>A way to find the smallest change of an input that misleads a model.</summary>
    Attack,
}
