using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Repeats its body several times, with separate or shared parameters.</summary>
/// <remarks>Parameter names start with <c>1</c>, <c>2</c>, ..., or with <c>body</c> if shared; a shared body must keep
/// the shape.</remarks>
[CatalogEntry("Repeat")]
public sealed record Repeat : UnaryLayer, IComposite
{
    /// <summary>The number of repetitions.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Times { get; init; }

    /// <summary>The layers to repeat.</summary>
    [Setting(Position = 1, Required = true)]
    public LayerList Body { get; init; } = new();

    /// <summary>Whether all repetitions share the same parameters.</summary>
    [Setting]
    public bool Shared { get; init; }

    string? IComposite.Join => null;

    IReadOnlyList<CompositePart> IComposite.Parts(Shape input) => Shapes(input).Take(Times)
        .Select((shape, i) => new CompositePart(Shared ? "body" : $"{i + 1}", Body, shape)).ToArray();

    protected internal override void Validate() => Body.CheckFilled(this, nameof(Body));

    internal override IEnumerable<Layer> Inside => Body;

    internal override bool KeepsSteps => Body.All(layer => layer.KeepsSteps);

    protected override Shape OutputShape(Shape input)
    {
        var shapes = Shapes(input);
        return Shared && !shapes[^1].Equals(input)
            ? throw new ShapeException($"a body that keeps the shape, since it is shared; it gives {shapes[^1]}", input)
            : shapes[^1];
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var shapes = Shapes(builder.Input);
        var bodies = Shared
            ? Enumerable.Repeat(builder.Child("body", Body, builder.Input), Times).ToArray()
            : Enumerable.Range(0, Times).Select(i => builder.Child($"{i + 1}", Body, shapes[i])).ToArray();
        return (x, context) => bodies.Aggregate(x, (value, body) => body([value], context));
    }

    /// <summary>The shape before the first repetition, and after each.</summary>
    private List<Shape> Shapes(Shape input)
    {
        List<Shape> shapes = [input];
        for (var i = 0; i < Times; i++)
            shapes.Add(Body.OutputShape(shapes[^1]));
        return shapes;
    }
}
