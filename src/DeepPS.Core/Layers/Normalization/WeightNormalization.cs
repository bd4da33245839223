namespace DeepPS.Layers;

/// <summary>How a layer's weight is computed from its parameters.</summary>
public enum WeightNormalization
{
    /// <summary>No normalization.</summary>
    None,

    /// <summary>Direction and length are separate parameters: w = g v / |v|, one length per entry of the first axis.
    /// PyTorch's <c>nn.utils.weight_norm</c>. From Salimans and Kingma (2016).</summary>
    Weight,

    /// <summary>The weight is divided by its largest singular value, which limits how far the layer stretches its
    /// input. PyTorch's <c>nn.utils.spectral_norm</c>. From Miyato and others (2018).</summary>
    Spectral,
}
