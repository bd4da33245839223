using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The trained values of a layer of another network: those of its parameters and buffers, with which the layer
/// begins in a new network.</summary>
public sealed class CarriedWeights
{
    private readonly Dictionary<string, (long[] Sizes, float[] Values)> values;

    private CarriedWeights(Dictionary<string, (long[] Sizes, float[] Values)> values) => this.values = values;

    /// <summary>The number of values.</summary>
    public long Count => values.Values.Sum(tensor => (long)tensor.Values.Length);

    /// <summary>Copies the values of a layer; null if it has none.</summary>
    /// <param name="layer">The layer's name, or that of the layer whose parameters it shares.</param>
    /// <param name="state">The parameters and buffers of its network.</param>
    internal static CarriedWeights? Of(string layer, IEnumerable<Parameter> state)
    {
        using var scope = NewDisposeScope();
        var values = Own(layer, state).ToDictionary(parameter => parameter.Name[(layer.Length + 1)..],
            parameter => (parameter.Value.shape,
                parameter.Value.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray()));
        return values.Count == 0 ? null : new CarriedWeights(values);
    }

    /// <summary>Gives a layer of a new network the values.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="state">The parameters and buffers of its network.</param>
    /// <exception cref="DlException"><c>WeightMismatch</c>: the layer needs values of other sizes.</exception>
    internal void GiveTo(string layer, IEnumerable<Parameter> state)
    {
        foreach (var parameter in Own(layer, state))
        {
            if (!values.TryGetValue(parameter.Name[(layer.Length + 1)..], out var own)
                || !own.Sizes.AsSpan().SequenceEqual(parameter.Value.shape))
                throw new DlException("WeightMismatch", DlErrorKind.InvalidArgument,
                    $"Layer '{layer}' comes with trained weights, but {parameter.Name} is {parameter.Shape} here and "
                    + $"was {(own.Sizes is null ? "missing" : string.Join("x", own.Sizes))}. Use data of the same "
                    + "shape as in its training, and the layers before it as they were.", layer);
            using var trained = tensor(own.Values).reshape(own.Sizes);
            parameter.Load(trained);
        }
    }

    private static IEnumerable<Parameter> Own(string layer, IEnumerable<Parameter> state) =>
        state.Where(parameter => parameter.Name.StartsWith(layer + ".", StringComparison.Ordinal));
}
