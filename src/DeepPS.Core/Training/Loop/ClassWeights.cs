using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>The weight of each class in the loss.</summary>
public sealed class ClassWeights
{
    private readonly IReadOnlyDictionary<string, double>? weights;

    private ClassWeights(IReadOnlyDictionary<string, double>? weights) => this.weights = weights;

    /// <summary>All classes weigh the same in total: samples / (classes x samples of the class).</summary>
    public static ClassWeights Balanced { get; } = new(null);

    /// <summary>Weights by class name; the weight of other classes is 1.</summary>
    public static ClassWeights Of(IReadOnlyDictionary<string, double> weights) => new(weights);

    /// <summary>Reads the weights that <see cref="ToJson"/> wrote.</summary>
    internal static ClassWeights Of(JsonNode json) => json is JsonObject weights
        ? Of(weights.ToDictionary(weight => weight.Key, weight => json.Need(weight.Key).AsNumber())) : Balanced;

    /// <summary>The weights by name, or <c>Balanced</c>.</summary>
    internal JsonNode ToJson() => weights is null ? nameof(Balanced)
        : new JsonObject(weights.Select(weight => KeyValuePair.Create(weight.Key, (JsonNode?)weight.Value)));

    /// <summary>The weight of each class of a label.</summary>
    /// <param name="classes">The class names, by number.</param>
    /// <param name="counts">Counts the samples, or places, of each class.</param>
    /// <exception cref="DlException"><c>UnknownClass</c>: the label has no class of that name.</exception>
    internal float[] For(IReadOnlyList<string> classes, Func<long[]> counts)
    {
        if (weights is null)
        {
            var all = counts();
            return all.Select(count => count == 0 ? 0f : (float)all.Sum() / (classes.Count * count)).ToArray();
        }

        var unknown = weights.Keys.FirstOrDefault(name => !classes.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
            throw new DlException("UnknownClass", DlErrorKind.InvalidArgument,
                $"The label has no class '{unknown}' to weight. Its classes: {string.Join(", ", classes)}.", unknown);
        var byName = new Dictionary<string, double>(weights, StringComparer.OrdinalIgnoreCase);
        return classes.Select(name => (float)byName.GetValueOrDefault(name, 1)).ToArray();
    }
}
