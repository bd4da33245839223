using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Generator of DCGAN: makes an image from a vector of random numbers.</summary>
/// <remarks>latent size to channels x size x size, pixels from -1 to 1. 3,576,704 parameters for 100 numbers and 64x64
/// pixels in three colours, as PyTorch's example. Radford, Metz and Chintala (2015).</remarks>
[CatalogEntry("DcganGenerator")]
public sealed record DcganGenerator : Dcgan
{
    /// <summary>The number of random numbers per image.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int LatentSize { get; init; } = 100;

    /// <summary>The channels of an image: 1 for gray, 3 for color.</summary>
    [Setting(Minimum = 1)]
    public int Channels { get; init; } = 3;

    public override Shape InputShape => new(LatentSize);

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var relu = new ReLU();
        var layers = new List<Layer>
        {
            new Reshape { Name = "latent", Shape = new Shape((input ?? InputShape).Size, 1, 1) },
            Conv(1, Filters << Steps - 1) with { Stride = 1, Padding = 0 },
            Norm(1, relu),
        };
        for (var step = 2; step <= Steps; step++)
            layers.AddRange([Conv(step, Filters << Steps - step), Norm(step, relu)]);
        layers.Add(Conv(Steps + 1, Channels) with { Activation = new Tanh() });
        return layers;
    }

    private static ConvTranspose2d Conv(int number, int filters) => new()
    {
        Name = $"conv{number}", Filters = filters, KernelSize = 4, Stride = 2, Padding = 1, Bias = false,
        WeightInitializer = Weights,
    };
}
