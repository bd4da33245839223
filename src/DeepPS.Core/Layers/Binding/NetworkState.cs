using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What a network's layers make while they are built: its parameters and buffers.</summary>
/// <param name="generator">Where first values come from.</param>
internal sealed class NetworkState(Generator generator)
{
    /// <summary>Where first values come from.</summary>
    public Generator Generator { get; } = generator;

    /// <summary>What is learned by gradient.</summary>
    public List<Parameter> Parameters { get; } = [];

    /// <summary>What is kept but not learned by gradient.</summary>
    public List<Parameter> Buffers { get; } = [];
}
