using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Base of He's initializers, which keep the variance through an activation.</summary>
/// <remarks>From He and others (2015): deviation = gain / sqrt(fan), with PyTorch's gains.</remarks>
public abstract record Kaiming : ScaledInitializer
{
    private protected Kaiming(bool isNormal) => IsNormal = isNormal;

    /// <summary>The slope below 0 of the LeakyReLU that follows.</summary>
    [Setting]
    public double NegativeSlope { get; init; }

    /// <summary>FanIn keeps the variance in the forward pass, FanOut in the backward pass.</summary>
    [Setting]
    public FanMode Mode { get; init; } = FanMode.FanIn;

    /// <summary>The activation that follows. LeakyReLU with a slope of 0 is ReLU.</summary>
    [Setting(Position = 0)]
    public Nonlinearity Nonlinearity { get; init; } = Nonlinearity.LeakyReLU;

    private protected sealed override double Deviation(Fan fan) =>
        Gain / Math.Sqrt(Mode == FanMode.FanIn ? fan.In : fan.Out);

    private double Gain => Nonlinearity switch
    {
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.ReLU => Math.Sqrt(2),
        Nonlinearity.LeakyReLU => Math.Sqrt(2 / (1 + NegativeSlope * NegativeSlope)),
        Nonlinearity.SELU => 3.0 / 4,
        _ => 1,
    };
}

/// <summary>Normal with deviation gain / sqrt(inputs), after He.</summary>
/// <remarks>PyTorch's <c>nn.init.kaiming_normal_</c>.</remarks>
[CatalogEntry("KaimingNormal", "HeNormal")]
public sealed record KaimingNormal() : Kaiming(isNormal: true);

/// <summary>Uniform within gain * sqrt(3 / inputs), after He.</summary>
/// <remarks>PyTorch's <c>nn.init.kaiming_uniform_</c>.</remarks>
[CatalogEntry("KaimingUniform", "HeUniform")]
public sealed record KaimingUniform() : Kaiming(isNormal: false);

/// <summary>The side of a weight that scales its spread.</summary>
public enum FanMode
{
    /// <summary>The inputs of one output.</summary>
    FanIn,

    /// <summary>The outputs of one input.</summary>
    FanOut,
}

/// <summary>The activation after a weight; it decides the gain.</summary>
public enum Nonlinearity
{
    /// <summary>None: gain 1.</summary>
    Linear,

    /// <summary>Sigmoid: gain 1.</summary>
    Sigmoid,

    /// <summary>Tanh: gain 5/3.</summary>
    Tanh,

    /// <summary>ReLU: gain sqrt(2).</summary>
    ReLU,

    /// <summary>LeakyReLU: gain sqrt(2 / (1 + slope^2)).</summary>
    LeakyReLU,

    /// <summary>SELU: gain 3/4.</summary>
    SELU,
}
