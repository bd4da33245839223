using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Deep autoencoder 784-1000-500-250-30 with sigmoid units and a linear code.</summary>
/// <remarks>2,837,314 parameters for an input of 784. Hinton and Salakhutdinov, Reducing the Dimensionality of Data
/// with Neural Networks (2006), who pretrained it layer by layer; here Xavier's initial values replace that.</remarks>
[CatalogEntry("DeepAutoencoder")]
public sealed record DeepAutoencoder : DeterministicAutoencoder
{
    /// <summary>Sets the sizes and activations of the paper.</summary>
    public DeepAutoencoder()
    {
        Code = 30;
        Hidden = [1000, 500, 250];
        Activation = new Sigmoid();
        OutputActivation = new Sigmoid();
    }

    private protected override Dense Part(string name, int units, Activation? activation) =>
        base.Part(name, units, activation) with
        {
            WeightInitializer = new XavierUniform(),
            BiasInitializer = new Zeros(),
        };
}
