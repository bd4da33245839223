using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Batch normalization: each feature or channel gets mean 0 and deviation 1 over the batch, then a learned
/// scale and shift.</summary>
/// <remarks>features, channels x length, channels x height x width or channels x depth x height x width, unchanged.
/// Parameters if <see cref="NormalizationLayer.Affine"/>: <c>weight</c> and <c>bias</c> (channels). Buffers:
/// <c>running_mean</c> and <c>running_var</c> (channels), used outside training, and <c>num_batches_tracked</c>.
/// PyTorch's <c>nn.BatchNorm1d</c>, <c>2d</c> and <c>3d</c>. From Ioffe and Szegedy (2015).</remarks>
[CatalogEntry("BatchNorm", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d")]
public sealed record BatchNorm : NormalizationLayer
{
    /// <summary>The weight of each batch in the running statistics.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Momentum { get; init; } = 0.1;

    /// <summary>Optional: the activation of the output.</summary>
    [Setting]
    public Activation? Activation { get; init; }

    /// <summary>The initializer of the scale.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new Ones();

    protected internal override void Validate()
    {
        if (WeightInitializer.MatrixOnly)
            throw SettingProblem.Of(this, nameof(WeightInitializer), "an initializer that can fill a vector",
                WeightInitializer.Entry.Name);
    }

    protected override Shape OutputShape(Shape input) => input.Rank is >= 1 and <= 4
        ? Activation?.OutputShape([input]) ?? input
        : throw new ShapeException($"features (rank 1), {SpatialAxes.NeedsAny}", input);

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        long[] channels = [builder.Input[0]];
        var (weight, bias) = BuildAffine(builder, channels, WeightInitializer);
        var mean = builder.Buffer("running_mean", channels, new Zeros());
        var variance = builder.Buffer("running_var", channels, new Ones());
        var batches = builder.Buffer("num_batches_tracked", [], () => zeros([], dtype: ScalarType.Int64));
        var activation = Activation?.BuildFunction(builder.Part("activation", builder.Input), overwrite: true);
        var places = builder.Input.Size / builder.Input[0];
        return (x, context) =>
        {
            if (context.Training)
            {
                if (x.shape[0] * places == 1)
                    throw new DlException("BatchTooSmall", DlErrorKind.InvalidOperation,
                        "BatchNorm learns from two numbers a channel or more; a batch of one sample has one. "
                        + "Choose a batch size that leaves no last batch of one.", this);
                batches.Value.add_(1);
            }

            var output = F.batch_norm(x, mean.Value, variance.Value, weight?.Value, bias?.Value,
                context.Training, Momentum, Epsilon);
            return activation is null ? output : activation(output, context);
        };
    }
}
