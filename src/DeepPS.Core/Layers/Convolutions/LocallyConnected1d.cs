using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Convolution of a signal or a sequence with separate weights at each place.</summary>
/// <remarks>channels x length to filters x length. Each output has its own weights over the channels of its window.
/// Parameters: <c>weight</c> (filters * length, channels * kernel), both in the order of the shapes, and <c>bias</c>
/// (filters * length). Keras' <c>LocallyConnected1D</c>, with channels first.</remarks>
[CatalogEntry("LocallyConnected1d")]
public sealed record LocallyConnected1d() : LocallyConnected(1);
