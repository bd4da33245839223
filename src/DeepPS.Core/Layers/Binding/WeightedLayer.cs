using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of layers that multiply the input by a learned weight: <see cref="Dense"/> and convolutions.</summary>
public abstract record WeightedLayer : UnaryLayer
{
    /// <summary>Whether the layer has a learned bias.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    /// <summary>Optional: the activation of the output.</summary>
    [Setting]
    public Activation? Activation { get; init; }

    /// <summary>The initializer of the weight.</summary>
    [Setting]
    public Initializer WeightInitializer { get; init; } = new FanInUniform();

    /// <summary>Optional: the initializer of the bias. Default: FanInUniform, or Zeros if WeightInitializer is
    /// KerasDefault.</summary>
    [Setting]
    public Initializer? BiasInitializer { get; init; }

    /// <summary>Weight learns the weight's length and direction separately; Spectral divides it by its largest singular
    /// value.</summary>
    [Setting]
    public WeightNormalization WeightNormalization { get; init; }

    /// <summary>Optional: the regularizer of the weight.</summary>
    [Setting]
    public Regularizer? WeightRegularizer { get; init; }

    /// <summary>Optional: the regularizer of the bias.</summary>
    [Setting]
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>Optional: the regularizer of the output, after the activation.</summary>
    [Setting]
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Optional: the largest norm of the weights into each unit after a step.</summary>
    [Setting(Minimum = 0)]
    public double? MaxNorm { get; init; }

    internal override bool SeesWholeBatch => ActivityRegularizer is { SeesWholeBatch: true };

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

    /// <summary>The shape of the product, before the activation.</summary>
    /// <exception cref="ShapeException">The layer cannot take the input.</exception>
    private protected abstract Shape ProductShape(Shape input);

    /// <summary>The axis of the weight's outputs.</summary>
    private protected virtual int OutputAxis => 0;

    /// <summary>Whether the product is that of the weight, as a matrix (outputs, inputs), and vectors.</summary>
    internal virtual bool HasFactors => false;

    /// <summary>The vectors that the weight is multiplied by, if <see cref="HasFactors"/>.</summary>
    /// <param name="input">A batch of inputs.</param>
    /// <returns>(samples, places, inputs).</returns>
    internal virtual Tensor Factors(Tensor input) => input.reshape(input.shape[0], -1, input.shape[^1]);

    /// <summary>The results of these products in a batch of outputs: (samples, places, outputs).</summary>
    internal virtual Tensor Products(Tensor output) => output.reshape(output.shape[0], -1, output.shape[^1]);

    /// <summary>A product of the input and a weight, plus an optional bias.</summary>
    private protected delegate Tensor Product(Tensor input, Tensor weight, Tensor? bias);

    /// <summary>Makes the parameter <c>weight</c> and returns a function that gives its value in a forward
    /// pass.</summary>
    /// <param name="builder">The builder of the parameters.</param>
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
    /// <param name="builder">The builder of the parameters.</param>
    /// <param name="sizes">The weight's sizes.</param>
    /// <param name="product">The product. Its gradient must not need its output, which the activation may
    /// overwrite.</param>
    /// <param name="outputs">The size of the bias; null for the weight's first size.</param>
    /// <param name="part">The prefix of the names of weight and bias inside the layer; null for none.</param>
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
            var (input, factor) = (context.ForProduct(x), weight(context));
            var output = product(input, factor, bias is null ? null : context.ForProduct(bias.Value));
            output = context.Observer?.See(this, input, factor, output) ?? output;
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
