using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A layer that multiplies its input by a learned weight: what <see cref="Dense"/> and convolutions
/// share.</summary>
public abstract record WeightedLayer : UnaryLayer
{
    /// <summary>Whether a learned number is added to each output.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    /// <summary>The function applied to the output; none: the output as it is.</summary>
    [Setting]
    public Activation? Activation { get; init; }

    /// <summary>What gives the weight its first values.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new FanInUniform();

    /// <summary>What gives the bias its first values; none: FanInUniform, or Zeros where the weight has
    /// KerasDefault.</summary>
    [Setting]
    public Initializer? BiasInitializer { get; init; }

    /// <summary>Whether the weight is normalised: Weight learns its length apart, Spectral divides by its largest
    /// singular value.</summary>
    [Setting]
    public WeightNormalization WeightNormalization { get; init; }

    /// <summary>What makes the weight small; none: nothing.</summary>
    [Setting]
    public Regularizer? WeightRegularizer { get; init; }

    /// <summary>What makes the bias small; none: nothing.</summary>
    [Setting]
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What makes the output small, after the activation; none: nothing.</summary>
    [Setting]
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>The largest norm that the weights into each unit may have after a step; none: any.</summary>
    [Setting(Minimum = 0)]
    public double? MaxNorm { get; init; }

    protected internal override void Validate()
    {
        if (BiasInitializer is { MatrixOnly: true })
            throw SettingProblem.Of(this, nameof(BiasInitializer), "an initializer that can fill a vector",
                BiasInitializer.Entry.Name);
        if (WeightRegularizer is { TakesWeights: false })
            throw SettingProblem.Of(this, nameof(WeightRegularizer), "a regularizer for weights",
                WeightRegularizer.Entry.Name);
        if (BiasRegularizer is { TakesWeights: false })
            throw SettingProblem.Of(this, nameof(BiasRegularizer), "a regularizer for weights",
                BiasRegularizer.Entry.Name);
        if (MaxNorm == 0)
            throw SettingProblem.Of(this, nameof(MaxNorm), "a number above 0", MaxNorm);
        if (MaxNorm is not null && WeightNormalization != WeightNormalization.None)
            throw SettingProblem.Of(this, nameof(MaxNorm), "a weight that is not normalised", MaxNorm);
    }

    protected sealed override Shape OutputShape(Shape input)
    {
        var product = ProductShape(input);
        return Activation is null ? product : Activation.OutputShape([product]);
    }

    /// <summary>The shape of the product, before the activation, for a shape of the input.</summary>
    /// <exception cref="ShapeException">The input cannot work.</exception>
    private protected abstract Shape ProductShape(Shape input);

    /// <summary>The axis of the weight that is its outputs.</summary>
    private protected virtual int OutputAxis => 0;

    /// <summary>A product of the input with a weight, plus a bias where there is one.</summary>
    private protected delegate Tensor Product(Tensor input, Tensor weight, Tensor? bias);

    /// <summary>Makes a weight, named <c>weight</c>, and returns what gives it in a forward pass, as a factor of a
    /// product.</summary>
    /// <param name="builder">What makes parameters.</param>
    /// <param name="sizes">The weight's sizes.</param>
    private protected virtual Func<ForwardContext, Tensor> BuildWeight(LayerBuilder builder, long[] sizes)
    {
        var weight = WeightNormalization switch
        {
            WeightNormalization.Weight => NormalizedWeight.ByLength(builder, sizes, WeightInitializer),
            WeightNormalization.Spectral => NormalizedWeight.Spectral(builder, sizes, WeightInitializer, OutputAxis),
            _ => Plain(builder.Parameter("weight", sizes, WeightInitializer)),
        };
        return context =>
        {
            var value = weight(context);
            if (context.Training && WeightRegularizer is not null)
                context.Penalize(WeightRegularizer.Penalty(value));
            return context.ForProduct(value);
        };
    }

    /// <summary>Makes <c>weight</c> and <c>bias</c> and the forward pass: the product, then the activation.</summary>
    /// <param name="builder">What makes parameters.</param>
    /// <param name="sizes">The weight's sizes.</param>
    /// <param name="product">The product. Its gradient must not need its output, over which the activation may
    /// write.</param>
    /// <param name="outputs">How many numbers the bias has; null: the weight's first size.</param>
    /// <param name="part">What the names of weight and bias begin with inside the layer; null: nothing.</param>
    private protected Func<Tensor, ForwardContext, Tensor> BuildProduct(LayerBuilder builder, long[] sizes,
        Product product, long? outputs = null, string? part = null)
    {
        var place = part is null ? builder : builder.Part(part);
        var weight = BuildWeight(place, sizes);
        var bias = Bias ? place.Parameter("bias", [outputs ?? sizes[0]], BiasFirstValues, Fan.Of(sizes)) : null;
        var activation = Activation?.BuildFunction(builder.Part("activation", ProductShape(builder.Input)),
            overwrite: true);
        return (x, context) =>
        {
            var output = product(context.ForProduct(x), weight(context),
                bias is null ? null : context.ForProduct(bias.Value));
            if (activation is not null)
                output = activation(output, context);
            if (context.Training && BiasRegularizer is not null && bias is not null)
                context.Penalize(BiasRegularizer.Penalty(bias.Value));
            if (context.Training && ActivityRegularizer is not null)
                context.Penalize(ActivityRegularizer.ActivityPenalty(context.Exact(output)));
            return output;
        };
    }

    private Initializer BiasFirstValues =>
        BiasInitializer ?? (WeightInitializer is KerasDefault ? new Zeros() : new FanInUniform());

    private Func<ForwardContext, Tensor> Plain(Parameter weight)
    {
        weight.LimitNorm(MaxNorm, OutputAxis);
        return _ => weight.Value;
    }
}
