using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Watches the products of dense and convolution layers in the forward passes of a step, and adds their inputs and the
/// gradients of their outputs to the layers' blocks.
/// </summary>
/// <param name="network">The network.</param>
internal sealed class KroneckerRecorder(Network network) : IProductObserver
{
    private readonly Dictionary<Tensor, Parameter> weights = new(ReferenceEqualityComparer.Instance);
    private readonly List<(KroneckerBlock Block, WeightedLayer Layer, Tensor Input, Tensor Probe)> seen = [];

    /// <summary>The blocks by the names of their weights.</summary>
    public SortedDictionary<string, KroneckerBlock> Blocks { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether forward passes are to be recorded.</summary>
    public bool IsOn { get; set; }

    /// <summary>Begins a forward pass.</summary>
    public void Begin()
    {
        seen.Clear();
        weights.Clear();
        foreach (var parameter in network.Parameters)
            weights.TryAdd(parameter.Value, parameter);
    }

    /// <inheritdoc/>
    public Tensor See(WeightedLayer layer, Tensor input, Tensor weight, Tensor output)
    {
        if (!weights.TryGetValue(weight, out var parameter) || parameter.Frozen || !layer.HasFactors)
            return output;
        // The gradient of a 0 that is added to an output is that of the output.
        var probe = zeros_like(output.detach(), requires_grad: true);
        seen.Add((BlockOf(parameter), layer, input.detach(), probe));
        return output.add(probe);
    }

    /// <summary>The block of a weight, with the bias beside it.</summary>
    public KroneckerBlock BlockOf(Parameter weight)
    {
        if (!Blocks.TryGetValue(weight.Name, out var block))
        {
            var bias = weight.Name[..(weight.Name.LastIndexOf('.') + 1)] + "bias";
            Blocks[weight.Name] = block = new KroneckerBlock(weight,
                network.Parameters.FirstOrDefault(parameter => parameter.Name == bias));
        }

        return block;
    }

    /// <summary>Ends a forward pass.</summary>
    /// <param name="total">A sum over the samples, by which the outputs are differentiated; its graph is kept.</param>
    public void Take(Tensor total)
    {
        using var noGradient = no_grad();
        var gradients = Gradients.Of(total, seen.Select(one => one.Probe).ToArray(), keep: true);
        foreach (var ((block, layer, input, _), gradient) in seen.Zip(gradients))
        {
            using var scope = NewDisposeScope();
            block.Add(layer.Factors(input), layer.Products(gradient));
        }

        seen.Clear();
    }
}
