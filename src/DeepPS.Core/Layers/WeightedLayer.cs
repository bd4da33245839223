using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// A layer that multiplies its input by a learned weight: what <see cref="Dense"/> and convolutions share.
/// </summary>
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

    /// <summary>What gives the bias its first values.</summary>
    [Setting]
    public Initializer BiasInitializer { get; init; } = new FanInUniform();

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

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (WeightRegularizer is { TakesWeights: false })
            throw SettingProblem.Of(this, nameof(WeightRegularizer), "a regularizer for weights", WeightRegularizer.Entry.Name);
        if (BiasRegularizer is { TakesWeights: false })
            throw SettingProblem.Of(this, nameof(BiasRegularizer), "a regularizer for weights", BiasRegularizer.Entry.Name);
        if (MaxNorm == 0)
            throw SettingProblem.Of(this, nameof(MaxNorm), "a number above 0", MaxNorm);
    }

    /// <inheritdoc/>
    protected sealed override Shape OutputShape(Shape input)
    {
        var product = ProductShape(input);
        return Activation is null ? product : Activation.OutputShape([product]);
    }

    /// <summary>The shape of the product, before the activation, for a shape of the input.</summary>
    /// <exception cref="ShapeException">The input cannot work.</exception>
    private protected abstract Shape ProductShape(Shape input);

    /// <summary>A product of the input with a weight, plus a bias where there is one.</summary>
    private protected delegate Tensor Product(Tensor input, Tensor weight, Tensor? bias);

    /// <summary>Makes <c>weight</c> and <c>bias</c> and the forward pass: the product, then the activation.</summary>
    /// <param name="builder">What makes parameters.</param>
    /// <param name="sizes">The weight's sizes, outputs first.</param>
    /// <param name="product">The product.</param>
    private protected Func<Tensor, ForwardContext, Tensor> BuildProduct(LayerBuilder builder, long[] sizes,
        Product product)
    {
        var weight = builder.Parameter("weight", sizes, WeightInitializer);
        weight.MaxNorm = MaxNorm;
        var bias = Bias ? builder.Parameter("bias", [sizes[0]], BiasInitializer, Fan.Of(sizes)) : null;
        var activation = Activation?.BuildFunction(builder.Part("activation", ProductShape(builder.Input)), overwrite: true);
        return (x, context) =>
        {
            var output = product(x, weight.Value, bias?.Value);
            if (activation is not null)
                output = activation(output, context);
            if (context.Training)
                Penalize(context, weight.Value, bias?.Value, output);
            return output;
        };
    }

    private void Penalize(ForwardContext context, Tensor weight, Tensor? bias, Tensor output)
    {
        if (WeightRegularizer is not null)
            context.Penalize(WeightRegularizer.Penalty(weight));
        if (BiasRegularizer is not null && bias is not null)
            context.Penalize(BiasRegularizer.Penalty(bias));
        if (ActivityRegularizer is not null)
            context.Penalize(ActivityRegularizer.ActivityPenalty(output));
    }
}
