namespace DeepPS.Layers;

/// <summary>How a layer's weight is made of what it learns.</summary>
public enum WeightNormalization
{
    /// <summary>It is learned as it is.</summary>
    None,

    /// <summary>Direction and length are learned apart: w = g v / |v|, a length for each place of the first axis.
    /// PyTorch's <c>nn.utils.weight_norm</c>. From Salimans and Kingma (2016).</summary>
    Weight,

    /// <summary>It is divided by its largest singular value, so that the layer stretches nothing. PyTorch's
    /// <c>nn.utils.spectral_norm</c>. From Miyato and others (2018).</summary>
    Spectral,
}
