using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The trained values of a layer, by their names inside it.</summary>
/// <param name="network">The network.</param>
/// <param name="path">The layer's path in the network: <c>dense1</c>, <c>residual1.body.conv2d1</c>.</param>
internal sealed class LayerValues(Network network, string path)
{
    private readonly Dictionary<string, (Tensor Value, Tensor? Mask)> values = network.Parameters
        .Where(parameter => parameter.Name.StartsWith(path + ".", StringComparison.Ordinal))
        .ToDictionary(parameter => parameter.Name[(path.Length + 1)..],
            parameter => (parameter.Value, parameter.Mask?.Value));

    /// <summary>The names, in the order of the layer.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>The numbers of values that are not pruned, and their bytes in a file.</summary>
    public ModelSize Size => values.Values.Aggregate(default(ModelSize),
        (sum, value) => sum + ModelSize.Of(value.Value, value.Mask));

    /// <summary>Whether there is a matrix or a kernel among them.</summary>
    public bool HasWeight => values.Any(value => WeightMask.Suits(value.Key, value.Value.Value.shape.Length));

    /// <summary>A value by its name; null if there is none.</summary>
    public Tensor? Find(string name) => values.GetValueOrDefault(name).Value;

    /// <summary>The mask of a value, true where it is not pruned; null if it has none.</summary>
    public Tensor? MaskOf(string name) => values[name].Mask;

    /// <summary>A value by its name.</summary>
    public Tensor this[string name] => values[name].Value;

    /// <summary>The values of the activation, under another prefix.</summary>
    public IEnumerable<(string Name, Tensor? Value)> Activation(string prefix = "") => values
        .Where(pair => pair.Key.StartsWith("activation.", StringComparison.Ordinal))
        .Select(pair => (prefix + pair.Key, (Tensor?)pair.Value.Value));
}
