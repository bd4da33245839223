using System.Collections;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Layers as a setting of another layer, such as a body or a branch: a chain, or a graph if they name their
/// inputs. The input is named <c>input</c>.</summary>
public sealed class LayerList : IReadOnlyList<Layer>, IEquatable<LayerList>, ISettingValue<LayerList>
{
    private readonly Layer[] layers;

    /// <summary>Makes a list of layers in order.</summary>
    public LayerList(params IEnumerable<Layer> layers) => this.layers = layers.ToArray();

    public static string Accepts => "layers: what New-DlLayer gives, or names such as 'Flatten | ReLU'";

    public int Count => layers.Length;

    public Layer this[int index] => layers[index];

    /// <summary>Makes a list from a layer, from names such as <c>Flatten | ReLU</c>, or from a list of both.</summary>
    public static LayerList FromSetting(object value) => value switch
    {
        LayerList list => list,
        Layer layer => new LayerList(layer),
        string names =>
            new LayerList(names.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => CatalogIndex.Create<Layer>(name))),
        IEnumerable items => new LayerList(items.Cast<object>().SelectMany(FromSetting)),
        _ => throw new FormatException(),
    };

    public object ToSetting() => layers;

    /// <summary>The output shape of the layers for given input shapes.</summary>
    /// <exception cref="ShapeException">A layer cannot take its input.</exception>
    public Shape OutputShape(params IReadOnlyList<Shape> inputs)
    {
        try
        {
            return new LayerGraph(this, NetworkInput.Numbered(inputs)).Output.OutputShape;
        }
        catch (DlException e) when (e.InnerException is ShapeException)
        {
            throw new ShapeException($"what its body can take: {e.Message.TrimEnd('.')}", inputs);
        }
    }

    /// <summary>Throws if the list is empty.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>.</exception>
    internal void CheckFilled(Layer owner, string setting)
    {
        if (Count == 0)
            throw SettingProblem.Of(owner, setting, "one layer or more", this);
    }

    public bool Equals(LayerList? other) => other is not null && layers.SequenceEqual(other.layers);

    public override bool Equals(object? obj) => Equals(obj as LayerList);

    public override int GetHashCode() => layers.Aggregate(layers.Length, HashCode.Combine);

    public IEnumerator<Layer> GetEnumerator() => layers.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => layers.GetEnumerator();

    /// <summary>The types of the layers.</summary>
    public override string ToString() => string.Join(" | ", layers.Select(layer => layer.Entry.Name));
}
