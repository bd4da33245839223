using DeepPS.Catalog;
using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Spatial transformer: warps each image by an affine map that a small network predicts from the
/// image.</summary>
/// <remarks>channels x height x width to the same, or to channels x OutputSize. From the body's output, layer
/// <c>theta</c> makes the six numbers of the affine map, initially the identity. Parameters: <c>theta.weight</c> (6,
/// body outputs), <c>theta.bias</c> (6), and the body's under <c>body</c>. The image is sampled bilinearly, 0 outside,
/// by PyTorch's <c>affine_grid</c> and <c>grid_sample</c>. From Jaderberg and others, Spatial Transformer Networks
/// (2015).</remarks>
[CatalogEntry("SpatialTransformer", "STN")]
public sealed record SpatialTransformer : UnaryLayer
{
    /// <summary>The localization network, without its last layer.</summary>
    [Setting(Position = 0, Required = true)]
    public LayerList Body { get; init; } = new();

    /// <summary>Optional: the height and width of the output. Default: those of the input.</summary>
    [Setting]
    public Dims? OutputSize { get; init; }

    protected internal override void Validate()
    {
        Body.CheckFilled(this, nameof(Body));
        Sizes();
    }

    protected override Shape OutputShape(Shape input)
    {
        if (input.Rank != 3)
            throw new ShapeException("channels x height x width (rank 3)", input);
        Body.OutputShape(input);
        return new Shape([input[0], .. Sizes() ?? input.Skip(1)]);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        var output = OutputShape(builder.Input);
        var seen = Body.OutputShape(builder.Input).Size;
        var body = builder.Child("body", Body, builder.Input);
        var theta = new Dense { Units = 6, WeightInitializer = new Zeros(), BiasInitializer = new NoChange() }
            .Build(builder.Part("theta", new Shape(seen)));
        return (x, context) =>
        {
            using var scope = NewDisposeScope();
            var map = context.Exact(theta([body([x], context).reshape(-1, seen)], context)).view(-1, 2, 3);
            var grid = F.affine_grid(map, output.WithBatch(x.shape[0]));
            return F.grid_sample(context.Exact(x), grid, align_corners: false).MoveToOuterDisposeScope();
        };
    }

    private IEnumerable<long>? Sizes()
    {
        if (OutputSize is not { } size)
            return null;
        try
        {
            if (size.For(2) is var sizes && sizes.All(number => number >= 1))
                return sizes;
        }
        catch (FormatException)
        {
        }

        throw SettingProblem.Of(this, nameof(OutputSize), "a whole number of 1 or more, or 2 of them", size);
    }

    /// <summary>The identity as an affine map.</summary>
    private sealed record NoChange : Initializer
    {
        public override void Fill(Tensor tensor, Fan fan, Generator generator)
        {
            using var identity = torch.tensor([1f, 0f, 0f, 0f, 1f, 0f]);
            tensor.copy_(identity);
        }
    }
}
