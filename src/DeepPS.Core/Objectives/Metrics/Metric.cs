using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>What a model is judged by. It is exact over the whole set, not a mean of batches, and counts every sample
/// once.</summary>
[CatalogBase(CatalogKind.Metric)]
public abstract record Metric : CatalogItem
{
    /// <summary>The kind of label that the metric works on.</summary>
    public abstract LabelKind LabelKind { get; }

    /// <summary>Whether the metric works on a kind of label.</summary>
    public virtual bool Suits(LabelKind kind) => kind == LabelKind;

    /// <summary>Whether more is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>The name of its value in records; where there is one for each class, that is
    /// <c>Name_class</c>.</summary>
    public virtual string Name => Entry.Name;

    /// <summary>Whether it needs the probability of each class, which not every loss gives.</summary>
    public virtual bool NeedsProbabilities => false;

    /// <summary>Whether it gives a table, not numbers: such a one cannot be a column of a run's records.</summary>
    public virtual bool IsTable => false;

    /// <summary>Begins a new sum on a device.</summary>
    /// <param name="device">Where the tensors to be added are.</param>
    /// <param name="classes">The names of the label's classes; none where it is a number.</param>
    public abstract MetricSum Begin(Device device, IReadOnlyList<string> classes);

    /// <summary>Whether a value's name is one of this metric's.</summary>
    internal bool Gives(string value) => value == Name || value.StartsWith(Name + "_", StringComparison.Ordinal);
}
