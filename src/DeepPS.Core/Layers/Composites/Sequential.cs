using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Several layers as one, with one name and one row in a model's table.</summary>
/// <remarks>Parameter names start with <c>body</c>. PyTorch's <c>nn.Sequential</c>.</remarks>
[CatalogEntry("Sequential", "Block")]
public sealed record Sequential : UnaryLayer, IComposite
{
    /// <summary>The layers.</summary>
    [Setting(Position = 0, Required = true)]
    public LayerList Body { get; init; } = new();

    string? IComposite.Join => null;

    IReadOnlyList<CompositePart> IComposite.Parts(Shape input) => [new("body", Body, input)];

    Layer IComposite.With(IReadOnlyList<LayerList> parts) => this with { Body = parts[0] };

    protected internal override void Validate() => Body.CheckFilled(this, nameof(Body));

    internal override IEnumerable<Layer> Inside => Body;

    internal override bool KeepsSteps => Body.All(layer => layer.KeepsSteps);

    protected override Shape OutputShape(Shape input) => Body.OutputShape(input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var body = builder.Child("body", Body, builder.Input);
        return (x, context) => body([x], context);
    }
}
