using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Convolution of an image with separate weights at each place.</summary>
/// <remarks>channels x height x width to filters x height x width. Each output has its own weights over the channels of
/// its window. Parameters: <c>weight</c> (filters * height * width, channels * kernel height * kernel width), both in
/// the order of the shapes, and <c>bias</c> (filters * height * width). Keras' <c>LocallyConnected2D</c>; as in LeCun,
/// Generalization and Network Design Strategies (1989).</remarks>
[CatalogEntry("LocallyConnected2d")]
public sealed record LocallyConnected2d() : LocallyConnected(2);
