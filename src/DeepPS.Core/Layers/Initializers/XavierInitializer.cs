using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>What Glorot's initialisers share: a spread that keeps the variance both forwards and backwards.</summary>
/// <remarks>From Glorot and Bengio (2010): deviation = gain * sqrt(2 / (inputs + outputs)).</remarks>
public abstract record XavierInitializer : Initializer
{
    /// <summary>A factor on the spread.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double Gain { get; init; } = 1;

    /// <summary>The standard deviation for a fan.</summary>
    private protected double Deviation(Fan fan) => Gain * Math.Sqrt(2.0 / (fan.In + fan.Out));
}
