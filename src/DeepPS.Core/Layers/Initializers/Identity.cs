using DeepPS.Catalog;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The identity: 1 on the diagonal of a matrix, or at the center of a kernel from a channel to itself; else
/// 0.</summary>
/// <remarks>PyTorch's <c>nn.init.eye_</c> for matrices and <c>nn.init.dirac_</c> for kernels. Outputs beyond the inputs
/// are 0.</remarks>
[CatalogEntry("Identity", "Eye", "Dirac")]
public sealed record Identity : Initializer
{
    /// <summary>The number used in place of 1.</summary>
    [Setting(Position = 0)]
    public double Gain { get; init; } = 1;

    /// <summary>The groups of a convolution; each group maps its channels to themselves.</summary>
    [Setting(Minimum = 1)]
    public int Groups { get; init; } = 1;

    internal override bool MatrixOnly => true;

    public override void Fill(Tensor tensor, Fan fan, Generator generator)
    {
        var sizes = tensor.shape;
        if (sizes[0] % Groups != 0)
            throw SettingProblem.Of(this, nameof(Groups), $"a number that divides the {sizes[0]} outputs", Groups);
        tensor.zero_();
        var middle = sizes.Skip(2).Select(size => size / 2).ToArray();
        var outputs = sizes[0] / Groups;
        for (var group = 0; group < Groups; group++)
            for (var channel = 0; channel < Math.Min(outputs, sizes[1]); channel++)
                middle.Aggregate(tensor[group * outputs + channel, channel], (kernel, place) => kernel[place])
                    .fill_(Gain);
    }
}
