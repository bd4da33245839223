using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Applies its body to each time step of a sequence, with the same parameters.</summary>
/// <remarks>time x a shape to time x the body's output shape. Parameter names start with <c>body</c>. Keras'
/// <c>TimeDistributed</c>.</remarks>
[CatalogEntry("TimeDistributed")]
public sealed record TimeDistributed : UnaryLayer, IComposite
{
    /// <summary>The layers to apply to each step.</summary>
    [Setting(Position = 0, Required = true)]
    public LayerList Body { get; init; } = new();

    string? IComposite.Join => null;

    IReadOnlyList<CompositePart> IComposite.Parts(Shape input) => [new("body", Body, Step(input))];

    Layer IComposite.With(IReadOnlyList<LayerList> parts) => this with { Body = parts[0] };

    protected internal override void Validate() => Body.CheckFilled(this, nameof(Body));

    internal override bool KeepsSteps => true;

    protected override Shape OutputShape(Shape input) => input.Rank > 1
        ? new Shape([input[0], .. Body.OutputShape(Step(input))])
        : throw new ShapeException("time x a step's shape (rank 2 or more)", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var step = Step(builder.Input);
        var output = Body.OutputShape(step);
        var time = builder.Input[0];
        var body = builder.Child("body", Body, step);
        return (x, context) => body([x.reshape(step.WithBatch(-1))], context).reshape([-1, time, .. output]);
    }

    private static Shape Step(Shape input) => new(input.Skip(1));
}
