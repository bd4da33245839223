using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The parameters and buffers of a network while its layers are built.</summary>
/// <param name="generator">The random generator of initial values.</param>
internal sealed class NetworkState(Generator generator)
{
    /// <summary>The random generator of initial values.</summary>
    public Generator Generator { get; } = generator;

    /// <summary>The trained parameters.</summary>
    public List<Parameter> Parameters { get; } = [];

    /// <summary>The buffers, which are not trained.</summary>
    public List<Parameter> Buffers { get; } = [];
}
