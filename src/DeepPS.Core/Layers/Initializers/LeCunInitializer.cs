namespace DeepPS.Layers;

/// <summary>What LeCun's initialisers share: a spread that keeps the variance forwards, deviation = 1 / sqrt(inputs).</summary>
/// <remarks>From LeCun, Bottou, Orr and Müller, Efficient BackProp (1998). SELU wants it.</remarks>
public abstract record LeCunInitializer : Initializer
{
    /// <summary>The standard deviation for a fan.</summary>
    private protected static double Deviation(Fan fan) => 1 / Math.Sqrt(fan.In);
}
