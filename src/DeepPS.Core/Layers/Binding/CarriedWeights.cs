using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Values of a layer's parameters and buffers with which it begins in a network: trained ones of another
/// network, or such as somebody has set.</summary>
public sealed class CarriedWeights
{
    private readonly Dictionary<string, (long[] Sizes, float[] Values)> values;
    private readonly bool isSet;

    private CarriedWeights(Dictionary<string, (long[] Sizes, float[] Values)> values, bool isSet)
    {
        this.values = values;
        this.isSet = isSet;
    }

    /// <summary>The number of values.</summary>
    public long Count => values.Values.Sum(tensor => (long)tensor.Values.Length);

    /// <summary>Values that somebody has set; the layer's other parameters keep their initial values.</summary>
    /// <param name="values">The sizes and values of each parameter or buffer by its name in the layer, such as
    /// <c>weight</c>. Axes of length 1 may be left out.</param>
    public static CarriedWeights Set(IReadOnlyDictionary<string, (long[] Sizes, float[] Values)> values) =>
        new(new(values, StringComparer.OrdinalIgnoreCase), isSet: true);

    /// <summary>Copies the values of a layer; null if it has none.</summary>
    /// <param name="layer">The layer's name, or that of the layer whose parameters it shares.</param>
    /// <param name="state">The parameters and buffers of its network.</param>
    internal static CarriedWeights? Of(string layer, IEnumerable<Parameter> state)
    {
        using var scope = NewDisposeScope();
        var values = Own(layer, state).ToDictionary(parameter => parameter.Name[(layer.Length + 1)..],
            parameter => (parameter.Value.shape,
                parameter.Value.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray()));
        return values.Count == 0 ? null : new CarriedWeights(values, isSet: false);
    }

    /// <summary>Gives a layer of a new network the values.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="state">The parameters and buffers of its network.</param>
    /// <exception cref="DlException"><c>WeightMismatch</c>: the layer needs values of other sizes;
    /// <c>ParameterNotFound</c>: it has no parameter of a name that was set.</exception>
    internal void GiveTo(string layer, IEnumerable<Parameter> state)
    {
        var own = Own(layer, state).ToArray();
        var names = own.Select(parameter => parameter.Name[(layer.Length + 1)..]).ToArray();
        var none = values.Keys.FirstOrDefault(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase));
        if (isSet && none is not null)
            throw new DlException("ParameterNotFound", DlErrorKind.NotFound,
                $"Layer '{layer}' has no parameter '{none}'. "
                + (names.Length == 0 ? "It has none." : $"Parameters: {string.Join(", ", names)}."), none);
        foreach (var (parameter, name) in own.Zip(names))
        {
            var found = values.TryGetValue(name, out var given);
            if (!found && isSet)
                continue;
            if (!found || !(isSet ? Fits(given.Sizes, parameter.Value.shape)
                : given.Sizes.AsSpan().SequenceEqual(parameter.Value.shape)))
                throw Mismatch(layer, parameter, found ? string.Join("x", given.Sizes) : "missing");
            using var carried = tensor(given.Values).reshape(parameter.Value.shape);
            parameter.Load(carried);
        }
    }

    private static bool Fits(long[] given, long[] sizes) =>
        given.Where(size => size != 1).SequenceEqual(sizes.Where(size => size != 1));

    private DlException Mismatch(string layer, Parameter parameter, string found) =>
        new("WeightMismatch", DlErrorKind.InvalidArgument, isSet
            ? $"The values for {parameter.Name} are {found}, but the parameter is {parameter.Shape}. Give "
                + (parameter.Shape.Rank > 1 ? $"{parameter.Shape[0]} rows, one for each output." : "as many numbers.")
            : $"Layer '{layer}' comes with trained weights, but {parameter.Name} is {parameter.Shape} here and "
                + $"was {found}. Use data of the same shape as in its training, and the layers before it as they were.",
            layer);

    private static IEnumerable<Parameter> Own(string layer, IEnumerable<Parameter> state) =>
        state.Where(parameter => parameter.Name.StartsWith(layer + ".", StringComparison.Ordinal));
}
