namespace DeepPS.Plots;

/// <summary>What to show of layers.</summary>
public enum LayerViewKind
{
    /// <summary>The weights of a layer as pictures.</summary>
    Filter,

    /// <summary>The outputs of a layer for samples as pictures.</summary>
    Map,

    /// <summary>Histograms of the weights, layer by layer.</summary>
    Weight,

    /// <summary>Histograms of the gradients of the loss, layer by layer.</summary>
    Gradient,

    /// <summary>Histograms of the outputs, layer by layer.</summary>
    Activation,
}
