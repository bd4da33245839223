namespace DeepPS.Inference;

/// <summary>Statistics of a layer's output over all samples and places.</summary>
/// <param name="Name">The layer's name in the network.</param>
/// <param name="Type">The layer's type.</param>
/// <param name="OutputShape">The shape of one sample of its output.</param>
/// <param name="Mean">The mean of the output.</param>
/// <param name="StandardDeviation">The standard deviation: near 0 the signal vanishes; growing from layer to layer it
/// explodes.</param>
/// <param name="ZeroShare">The share of zeros: units switched off by a ReLU or dropout.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public sealed record LayerStatistics(string Name, string Type, string OutputShape, double Mean,
    double StandardDeviation,
    double ZeroShare, double Minimum, double Maximum);
