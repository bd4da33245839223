using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>A layer as a row of a table.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Type">Its type's name.</param>
/// <param name="Settings">The settings that differ from their defaults.</param>
/// <param name="OutputShape">Its output shape, without the batch; null if unknown.</param>
/// <param name="Parameters">The number of trained values; null if unknown.</param>
/// <param name="From">The names of its inputs, if not the previous layer.</param>
public sealed record LayerRow(string Name, string Type, string Settings, string? OutputShape, long? Parameters,
    string From)
{
    internal static LayerRow Of(string name, Layer layer, string? shape, long? parameters) =>
        new(name, layer.Entry.Name, layer.Describe(), shape, parameters, string.Join(", ", layer.From));
}
