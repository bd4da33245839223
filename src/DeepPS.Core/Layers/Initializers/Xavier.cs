using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Base of Glorot's initializers, which keep the variance both forward and backward.</summary>
/// <remarks>From Glorot and Bengio (2010): deviation = gain * sqrt(2 / (inputs + outputs)).</remarks>
public abstract record Xavier : ScaledInitializer
{
    private protected Xavier(bool isNormal) => IsNormal = isNormal;

    /// <summary>A factor on the spread.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Gain { get; init; } = 1;

    private protected sealed override double Deviation(Fan fan) => Gain * Math.Sqrt(2.0 / (fan.In + fan.Out));
}

/// <summary>Normal with deviation gain * sqrt(2 / (inputs + outputs)), after Glorot.</summary>
/// <remarks>PyTorch's <c>nn.init.xavier_normal_</c>.</remarks>
[CatalogEntry("XavierNormal", "GlorotNormal")]
public sealed record XavierNormal() : Xavier(isNormal: true);

/// <summary>Uniform within gain * sqrt(6 / (inputs + outputs)), after Glorot.</summary>
/// <remarks>PyTorch's <c>nn.init.xavier_uniform_</c>.</remarks>
[CatalogEntry("XavierUniform", "GlorotUniform")]
public sealed record XavierUniform() : Xavier(isNormal: false);
