using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The values of a network as a model file stores them; <see cref="StoredWeights"/> reads them.</summary>
/// <remarks>A quantized weight is int8 of its own shape, and <c>NAME.scale</c> are the factors of its rows, with size 1
/// along the other axes: symmetric quantization per channel, as in Krishnamoorthi, Quantizing Deep Convolutional
/// Networks for Efficient Inference (2018). A pruned weight is the list of the values that are kept, in order, and its
/// mask has one bit for each place, the lowest bit of a byte first; its shape is in the JSON.</remarks>
internal static class CodedWeights
{
    /// <summary>The JSON's name of the shapes of pruned weights.</summary>
    public const string Sparse = "sparse";

    /// <summary>The end of the name of a quantized weight's scales.</summary>
    public const string Scale = ".scale";

    /// <summary>The largest magnitude of a quantized weight.</summary>
    private const double Largest = 127;

    /// <summary>Whether values are stored otherwise than as they are.</summary>
    public static bool AreIn(Network network, Quantization quantize) =>
        quantize != Quantization.None || network.Parameters.Any(parameter => parameter.Mask is not null);

    /// <summary>The shapes of pruned weights; null if there are none.</summary>
    public static JsonObject? Shapes(Network network)
    {
        var pruned = network.Parameters.Where(parameter => parameter.Mask is not null).ToArray();
        return pruned.Length == 0 ? null : new JsonObject(pruned.Select(parameter =>
            KeyValuePair.Create(parameter.Name, (JsonNode?)ShapeJson.Write(parameter.Shape))));
    }

    /// <summary>The values by name. They belong to the caller's dispose scope.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Of(Network network, Quantization quantize)
    {
        var masks = network.Parameters.Select(parameter => parameter.Mask).OfType<Parameter>().ToHashSet();
        foreach (var parameter in network.Parameters)
        {
            var value = parameter.Value.detach();
            if (quantize == Quantization.Int8 && WeightMask.Suits(parameter))
            {
                (value, var scale) = Int8(value);
                yield return (parameter.Name + Scale, scale);
            }

            yield return (parameter.Name,
                parameter.Mask is null ? value : value.masked_select(parameter.Mask.Value));
        }

        foreach (var buffer in network.Buffers)
            yield return (buffer.Name, masks.Contains(buffer) ? Bits(buffer.Value) : buffer.Value);
    }

    /// <summary>Rounds to the nearest of 255 multiples of a scale in each row. Zero stays zero.</summary>
    public static (Tensor Value, Tensor Scale) Int8(Tensor value)
    {
        var axes = Enumerable.Range(1, value.shape.Length - 1).Select(axis => (long)axis).ToArray();
        var largest = value.abs().amax(axes, keepdim: true);
        var scale = largest.div(Largest).masked_fill(largest.eq(0), 1);
        return (value.div(scale).round().clamp(-Largest, Largest).to(ScalarType.Int8), scale);
    }

    private static Tensor Bits(Tensor mask)
    {
        var places = mask.cpu().contiguous().bytes;
        var bits = new byte[(places.Length + 7) / 8];
        for (var i = 0; i < places.Length; i++)
            bits[i / 8] |= (byte)(places[i] << (i % 8));
        return tensor(bits);
    }
}
