using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The masks of pruned weights. Each is a buffer beside its weight, <c>weight_mask</c>, as in PyTorch's
/// <c>nn.utils.prune</c>, so that files, checkpoints and copies of a network have it.</summary>
internal static class WeightMask
{
    /// <summary>Whether a parameter is a weight: biases, lengths and what normalization learns are never pruned.
    /// </summary>
    public static bool Suits(Parameter parameter) => Suits(parameter.Name, parameter.Shape.Rank);

    /// <summary>Whether a value of a name and so many axes is a weight.</summary>
    public static bool Suits(string name, int axes) =>
        axes > 1 && !name.EndsWith("weight_g", StringComparison.Ordinal);

    /// <summary>Adds the mask of a parameter, true everywhere until it gets its values.</summary>
    /// <exception cref="InvalidDataException">A file that gives the values does not have it.</exception>
    public static void Add(Parameter parameter, NetworkState state)
    {
        var name = parameter.Name + Parameter.MaskSuffix;
        state.Require(name, parameter.Value.shape);
        parameter.Mask = new Parameter(name, ones(parameter.Value.shape, ScalarType.Bool).DetachFromDisposeScope());
        state.Buffers.Add(parameter.Mask);
    }

    /// <summary>Sets what is pruned to 0: in the weights, or in their gradients.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="of">The tensor of a parameter to change; null for none. A sparse one stays as it is.</param>
    public static void Apply(IReadOnlyList<Parameter> parameters, Func<Parameter, Tensor?> of)
    {
        using var noGradient = no_grad();
        foreach (var parameter in parameters)
            if (parameter is { Mask: { } mask, Frozen: false } && of(parameter) is { is_sparse: false } tensor)
                tensor.mul_(mask.Value);
    }
}
