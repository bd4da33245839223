using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Abstractions;

/// <summary>
/// Reads the values of layers from a hashtable: <c>@{ dense1 = @{ weight = 1, -2; bias = 0.5 } }</c>.
/// </summary>
internal static class WeightValue
{
    /// <summary>The values of each layer by name.</summary>
    /// <exception cref="DlException"><c>WeightValue</c>: a value is no number, no array of numbers, or an array of
    /// arrays of different lengths.</exception>
    public static Dictionary<string, CarriedWeights> Read(IDictionary layers) => Entries(layers).ToDictionary(
        layer => layer.Key, layer => CarriedWeights.Set(Entries(PipelineValue.Unwrap(layer.Value) as IDictionary
                ?? throw Wrong($"Layer '{layer.Key}' needs a hashtable of its parameters", layer.Value))
            .ToDictionary(one => one.Key, one => Numbers($"{layer.Key}.{one.Key}", one.Value))));

    private static IEnumerable<(string Key, object? Value)> Entries(IDictionary table) =>
        table.Cast<DictionaryEntry>().Select(entry => ($"{entry.Key}", entry.Value));

    private static (long[] Sizes, float[] Values) Numbers(string name, object? value)
    {
        var (sizes, numbers) = (new List<long>(), new List<float>());
        if (!Add(value, 0))
            throw Wrong($"The rows for {name} differ in length", value);
        return (sizes.ToArray(), numbers.ToArray());

        bool Add(object? item, int axis)
        {
            item = PipelineValue.Unwrap(item);
            if (item is not IEnumerable list || item is string)
            {
                numbers.Add(Number(name, item));
                return axis == sizes.Count;
            }

            var items = list.Cast<object?>().ToArray();
            if (axis == sizes.Count && numbers.Count == 0)
                sizes.Add(items.Length);
            return axis < sizes.Count && sizes[axis] == items.Length && items.Length > 0
                && items.All(inner => Add(inner, axis + 1));
        }
    }

    private static float Number(string name, object? value) =>
        value is not (null or bool)
        && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out float number)
        && float.IsFinite(number) ? number : throw Wrong($"'{value}' for {name} is not a number", value);

    private static DlException Wrong(string problem, object? value) => new("WeightValue", DlErrorKind.InvalidArgument,
        problem + ". Use numbers, or arrays of numbers, by layer and parameter: -Weight @{ dense1 = @{ weight = 1, -2; "
        + "bias = 0.5 } }.", value);
}
