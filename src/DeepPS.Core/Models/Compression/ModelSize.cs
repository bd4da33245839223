using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The size of trained values.</summary>
/// <param name="Parameters">The number of values, without those that are pruned.</param>
/// <param name="Bytes">Their bytes in a model file: 4 for each, and for a pruned weight one bit for each place.</param>
public readonly record struct ModelSize(long Parameters, long Bytes)
{
    /// <summary>The sum.</summary>
    public static ModelSize operator +(ModelSize left, ModelSize right) =>
        new(left.Parameters + right.Parameters, left.Bytes + right.Bytes);

    /// <summary>The size of all parameters of a model.</summary>
    /// <param name="model">A model with a known input shape.</param>
    public static ModelSize Of(Model model) => model.Network!.Parameters.Aggregate(default(ModelSize),
        (sum, parameter) => sum + Of(parameter.Value, parameter.Mask?.Value));

    /// <summary>The size of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mask">True where it is not pruned; null: nowhere is it.</param>
    internal static ModelSize Of(Tensor value, Tensor? mask)
    {
        var kept = mask is null ? value.numel() : mask.sum().ToInt64();
        return new ModelSize(kept, sizeof(float) * kept + (mask is null ? 0 : (value.numel() + 7) / 8));
    }
}
