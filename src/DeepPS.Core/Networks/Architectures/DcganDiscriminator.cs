using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Discriminator of DCGAN: a classifier of real and generated images.</summary>
/// <remarks>channels x size x size to one logit, above 0 for a real image. 2,765,568 parameters for 64x64 pixels in
/// three colours, as PyTorch's example; the loss applies the sigmoid. Radford, Metz and Chintala (2015).</remarks>
[CatalogEntry("DcganDiscriminator")]
public sealed record DcganDiscriminator : Dcgan
{
    public override Shape InputShape => new(3, ImageSize, ImageSize);

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var leaky = new LeakyReLU { NegativeSlope = 0.2 };
        var layers = new List<Layer> { Conv(1, Filters) with { Activation = leaky } };
        for (var step = 2; step <= Steps; step++)
            layers.AddRange([Conv(step, Filters << step - 1), Norm(step, leaky)]);
        return [.. layers, Conv(Steps + 1, 1) with { Stride = 1, Padding = 0 }, new Flatten { Name = "logit" }];
    }

    private static Conv2d Conv(int number, int filters) => new()
    {
        Name = $"conv{number}", Filters = filters, KernelSize = 4, Stride = 2, Padding = 1, Bias = false,
        WeightInitializer = Weights,
    };
}
