using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>A metric of a model. It is exact over the whole set, not a mean of batches.</summary>
[CatalogBase(CatalogKind.Metric)]
public abstract record Metric : CatalogItem
{
    /// <summary>The kind of label of the metric.</summary>
    public abstract LabelKind LabelKind { get; }

    /// <summary>Whether the metric supports a kind of label.</summary>
    public virtual bool Suits(LabelKind kind) => kind == LabelKind;

    /// <summary>Whether higher is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>The name of its value in records; values per class are named <c>Name_class</c>.</summary>
    public virtual string Name => Entry.Name;

    /// <summary>Whether it needs class probabilities, which not every loss gives.</summary>
    public virtual bool NeedsProbabilities => false;

    /// <summary>Whether it gives a table instead of numbers, so it cannot be a column of a run's records.</summary>
    public virtual bool IsTable => false;

    /// <summary>Whether the label is several names a row.</summary>
    internal bool OfNames { get; init; }

    /// <summary>Starts a new sum on a device.</summary>
    /// <param name="device">The device of the tensors to add.</param>
    /// <param name="classes">The names of the label's classes; empty for numbers.</param>
    public abstract MetricSum Begin(Device device, IReadOnlyList<string> classes);

    /// <summary>Whether a value's name is one of this metric's.</summary>
    internal bool Gives(string value) => value == Name || value.StartsWith(Name + "_", StringComparison.Ordinal);
}
