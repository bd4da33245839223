using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Convolutional autoencoder: convolutions halve the image, transposed convolutions double it again.</summary>
/// <remarks>channels x height x width to the same. Masci, Meier, Ciresan and Schmidhuber, Stacked Convolutional
/// Auto-Encoders for Hierarchical Feature Extraction (2011), with strides instead of pooling.</remarks>
[CatalogEntry("ConvAutoencoder", "ConvolutionalAutoencoder")]
public sealed record ConvAutoencoder : Architecture
{
    /// <summary>The filters of each convolution; each halves the image.</summary>
    [Setting(Position = 0)]
    public int[] Filters { get; init; } = [16, 32];

    /// <summary>The activation of each layer but the last.</summary>
    [Setting]
    public Activation Activation { get; init; } = new ReLU();

    /// <summary>Optional: the activation of the output, such as Sigmoid for pixels from 0 to 1.</summary>
    [Setting]
    public Activation? OutputActivation { get; init; }

    public override Shape InputShape => new(1, 28, 28);

    internal override bool FollowsShape => true;

    protected internal override void Validate()
    {
        if (Filters.Length == 0 || Filters.Any(filters => filters < 1))
            throw SettingProblem.Of(this, nameof(Filters), "one whole number of 1 or more, or several",
                string.Join(", ", Filters));
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var shape = input ?? InputShape;
        if (shape.Rank != 3)
            throw new DlException("InputShape", DlErrorKind.InvalidArgument,
                $"{Entry.Name} needs channels x height x width; got {shape}.", shape);
        var layers = new List<Layer>();
        var decoder = new List<Layer>();
        for (var i = 0; i < Filters.Length; i++)
        {
            layers.Add(new Conv2d
            {
                Name = $"encoder{i + 1}", Filters = Filters[i], Stride = 2, Padding = 1, Activation = Activation,
            });
            // One more place at the end if the size was even, to restore the size.
            decoder.Insert(0, new ConvTranspose2d
            {
                Name = $"decoder{Filters.Length - i}", Filters = i == 0 ? (int)shape[0] : Filters[i - 1],
                Stride = 2, Padding = 1, OutputPadding = new Dims(shape.Skip(1).Select(size => 1 - size % 2).ToArray()),
                Activation = i == 0 ? OutputActivation : Activation,
            });
            shape = layers[^1].OutputShape([shape]);
        }

        return [.. layers, .. decoder];
    }
}
