namespace DeepPS.Inference;

/// <summary>What a layer makes of data, as numbers over all samples and places of its output.</summary>
/// <param name="Name">The layer's name in the network.</param>
/// <param name="Type">The layer's type.</param>
/// <param name="OutputShape">The shape of one sample of its output.</param>
/// <param name="Mean">The mean of the output's numbers.</param>
/// <param name="StandardDeviation">Their standard deviation: near 0, the signal vanishes; growing from layer to layer,
/// it explodes.</param>
/// <param name="ZeroShare">The share of them that are 0: units that a ReLU or a dropout switches off.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public sealed record LayerStatistics(string Name, string Type, string OutputShape, double Mean,
    double StandardDeviation,
    double ZeroShare, double Minimum, double Maximum);
