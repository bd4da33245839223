using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>The weights as a file with <see cref="Quantization.Int8"/> gives them back.</summary>
public sealed record RoundedWeights : Compression
{
    /// <inheritdoc/>
    public override string Name => nameof(Quantization.Int8);

    internal override bool TakesShared => true;

    internal override LayerChange Change(Layer layer, LayerValues values)
    {
        var changed = new List<(string, Tensor?)>();
        var (size, lost, whole) = (default(ModelSize), 0.0, 0.0);
        foreach (var name in values.Names)
        {
            var (value, mask) = (values[name].detach(), values.MaskOf(name));
            var own = ModelSize.Of(value, mask);
            if (WeightMask.Suits(name, value.shape.Length))
            {
                var (rounded, scale) = CodedWeights.Int8(value);
                var near = rounded.to(ScalarType.Float32).mul(scale);
                own = own with { Bytes = own.Bytes - 3 * own.Parameters + sizeof(float) * scale.numel() };
                (lost, whole) = (lost + Squares(value.sub(near)), whole + Squares(value));
                value = near;
            }

            changed.Add((name, value));
            if (mask is not null)
                changed.Add((name + Parameter.MaskSuffix, mask));
            size += own;
        }

        return LayerChange.To(layer, changed) with { Size = size, Error = Factors.RelativeError(lost, whole) };

        static double Squares(Tensor tensor) => tensor.to(ScalarType.Float64).square().sum().ToDouble();
    }
}
