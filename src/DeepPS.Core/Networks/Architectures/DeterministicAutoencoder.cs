using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of autoencoders whose code is a Dense layer's output.</summary>
public abstract record DeterministicAutoencoder : DenseAutoencoder
{
    /// <summary>Optional: the activation of the code.</summary>
    [Setting]
    public Activation? CodeActivation { get; init; }

    private protected override IEnumerable<Layer> CodeLayers(Shape input) => [Part("code", Code, CodeActivation)];
}
