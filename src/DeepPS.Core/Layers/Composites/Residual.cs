using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Residual block: activation(scale * body(x) + shortcut(x)).</summary>
/// <remarks>Without a shortcut the body must keep the shape. Parameter names start with <c>body</c> and
/// <c>shortcut</c>. From He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition (2015).</remarks>
[CatalogEntry("Residual", "Skip")]
public sealed record Residual : UnaryLayer, IComposite
{
    /// <summary>The layers of the body.</summary>
    [Setting(Position = 0, Required = true)]
    public LayerList Body { get; init; } = new();

    /// <summary>Optional: layers that change the input to the body's output shape, such as a 1x1 convolution. Default:
    /// the input itself.</summary>
    [Setting]
    public LayerList Shortcut { get; init; } = new();

    /// <summary>A factor on the body's output. A small factor stabilizes very deep networks.</summary>
    [Setting]
    public double Scale { get; init; } = 1;

    /// <summary>Optional: the activation after the sum.</summary>
    [Setting]
    public Activation? Activation { get; init; }

    string? IComposite.Join => Activation is null ? "Add" : $"Add, {Activation.Entry.Name}";

    IReadOnlyList<CompositePart> IComposite.Parts(Shape input) =>
        [new("body", Body, input), new("shortcut", Shortcut, input)];

    Layer IComposite.With(IReadOnlyList<LayerList> parts) => this with { Body = parts[0], Shortcut = parts[1] };

    protected internal override void Validate() => Body.CheckFilled(this, nameof(Body));

    internal override IEnumerable<Layer> Inside => Body;

    internal override bool KeepsSteps => Body.All(layer => layer.KeepsSteps);

    protected override Shape OutputShape(Shape input)
    {
        var body = Body.OutputShape(input);
        var shortcut = Shortcut.Count == 0 ? input : Shortcut.OutputShape(input);
        if (!body.Equals(shortcut))
            throw new ShapeException($"a body and a shortcut of the same output shape, not {body} and {shortcut}",
                input);
        return Activation is null ? body : Activation.OutputShape([body]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var body = builder.Child("body", Body, builder.Input);
        var shortcut = Shortcut.Count == 0 ? null : builder.Child("shortcut", Shortcut, builder.Input);
        var activation = Activation?.BuildFunction(builder.Part("activation", Body.OutputShape(builder.Input)),
            overwrite: true);
        return (x, context) =>
        {
            var added = body([x], context);
            var sum = (shortcut?.Invoke([x], context) ?? x).add(added, Scale);
            return activation?.Invoke(sum, context) ?? sum;
        };
    }
}
