using DeepPS.Layers;

namespace DeepPS.Models;

/// <summary>The weight of dense layers as a tensor train, by repeated singular value decompositions: the TT-SVD of
/// Oseledets, Tensor-Train Decomposition (2011), Algorithm 1.</summary>
/// <param name="InputMode">The factors of a layer's number of features.</param>
/// <param name="OutputMode">The factors of its number of units, as many; null for factors near each other.</param>
/// <param name="Choice">Chooses the TT-ranks: each has the rank at most, or all together keep the energy.</param>
public sealed record TensorTrainCompression(Dims InputMode, Dims? OutputMode, RankChoice Choice) : Compression
{
    private const string WrongMode = "TensorTrainMode";

    /// <inheritdoc/>
    public override string Name => $"TensorTrain {InputMode}, {Choice}";

    internal override LayerChange Change(Layer layer, LayerValues values)
    {
        if (layer is not Dense { WeightNormalization: WeightNormalization.None } dense)
            return LayerChange.None($"it is a {layer.Entry.Name}; dense layers become tensor trains", NotCompressible);
        var weight = values["weight"];
        var (units, features) = (weight.shape[0], weight.shape[1]);
        long[] inputs = InputMode.For(InputMode.Count), outputs = OutputMode?.For(OutputMode.Value.Count)
            ?? Balanced(units, inputs.Length);
        if (Product(inputs) != features)
            return LayerChange.None($"it has {features} features, and {InputMode} makes {Product(inputs)}", WrongMode);
        if (Product(outputs) != units || outputs.Length != inputs.Length)
            return LayerChange.None($"it has {units} units, and {string.Join("x", outputs)} makes {Product(outputs)} "
                + $"with {outputs.Length} factors for the {inputs.Length} of {InputMode}", WrongMode);
        var train = CoreTrain.Of(weight, inputs, outputs, Choice);
        var thin = new TensorTrainDense
        {
            InputMode = InputMode,
            OutputMode = new Dims(outputs),
            Rank = train.Ranks.Distinct().Count() > 1 ? new Dims(train.Ranks)
                : new Dims(train.Ranks.Append(1).First()),
        }.SettingsOf(dense);
        var change = LayerChange.To(thin, [
            .. train.Cores.Select((core, i) => ($"core{i + 1}.weight", (TorchSharp.torch.Tensor?)core)),
            ($"core{train.Cores.Count}.bias", values.Find("bias")), .. values.Activation(),
        ]);
        return change with { Rank = (int)train.Ranks.DefaultIfEmpty(1).Max(), Error = train.Error };
    }

    /// <summary>Factors of a number, each as near to the others as its prime factors allow, the largest
    /// first.</summary>
    internal static long[] Balanced(long number, int count)
    {
        var factors = Enumerable.Repeat(1L, count).ToArray();
        foreach (var prime in Primes(number).OrderDescending())
            factors[Array.IndexOf(factors, factors.Min())] *= prime;
        return factors.OrderDescending().ToArray();
    }

    private static IEnumerable<long> Primes(long number)
    {
        for (var divisor = 2L; divisor * divisor <= number; divisor++)
            for (; number % divisor == 0; number /= divisor)
                yield return divisor;
        if (number > 1)
            yield return number;
    }

    /// <summary>The product; 0 if it is larger than a layer's.</summary>
    private static long Product(long[] modes) =>
        Common.Shape.IsValid(modes) ? modes.Aggregate(1L, (product, mode) => product * mode) : 0;
}
