using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Reshapes a sample, such as 784 numbers to 1x28x28.</summary>
/// <remarks>The numbers keep their order (row-major). PyTorch's <c>nn.Unflatten</c> over all axes.</remarks>
[CatalogEntry("Reshape", "Unflatten")]
public sealed record Reshape : UnaryLayer
{
    /// <summary>The shape of one sample, without the batch.</summary>
    [Setting(Position = 0, Required = true)]
    public Shape Shape { get; init; } = new();

    internal override bool KeepsSteps => true;

    protected override Shape OutputShape(Shape input) => input.Size == Shape.Size
        ? Shape
        : throw new ShapeException($"{Shape.Size} numbers for {Shape}, not {input.Size}", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) =>
        (x, _) => x.reshape(Shape.WithBatch(x.shape[0]));
}
