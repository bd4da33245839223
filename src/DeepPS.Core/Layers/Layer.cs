using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A layer of a network: an immutable record of its settings, its name and its inputs. It has a shape rule
/// (<see cref="OutputShape(IReadOnlyList{Shape})"/>) and builds its parameters and forward pass
/// (<see cref="Build(LayerBuilder)"/>).</summary>
[CatalogBase(CatalogKind.Layer)]
public abstract record Layer : CatalogItem
{
    /// <summary>The layer's name, unique in its network; null for its type and a number, such as
    /// <c>dense1</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The names of its input layers; empty for the previous layer.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The name of a layer, usually of the same type, whose parameters it shares; null for its own
    /// parameters.</summary>
    public string? ShareWith { get; init; }

    /// <summary>Whether training leaves its parameters unchanged and runs it as outside training.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether its weights have masks of what was pruned, which training keeps at 0.</summary>
    public bool Pruned { get; init; }

    /// <summary>The learning rate of its parameters, which a schedule also scales; null for the optimizer's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The weight decay of its parameters; null for the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The weight of its output in the loss as an auxiliary head, used only in training; null for no head. The
    /// last layer is the network's output, with weight 1 by default.</summary>
    public double? OutputWeight { get; init; }

    /// <summary>The loss of its output if it is an output; null for the loss of the training.</summary>
    public Loss? OutputLoss { get; init; }

    /// <summary>Trained values that it begins with in the next network; null for initial values.</summary>
    public CarriedWeights? Carried { get; init; }

    /// <summary>Whether it may share the parameters of another layer; by default one of the same type.</summary>
    protected internal virtual bool MayShareWith(Layer owner) => owner.GetType() == GetType();

    /// <summary>The layer with settings that follow from the inputs it reads.</summary>
    /// <param name="sources">The network's inputs that it reads; null for a layer.</param>
    protected internal virtual Layer Bound(IReadOnlyList<NetworkInput?> sources) => this;

    /// <summary>The number of sequences that it reads, after which it takes a mask, 0 for padding, as an optional
    /// further input; 0 if it takes none.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    internal virtual int MaskedSequences(IReadOnlyList<Shape> inputs) => 0;

    /// <summary>Whether it takes, in place of the mask, the places of nodes in their trees.</summary>
    internal virtual bool TakesTree => false;

    /// <summary>Whether each step of the output comes from that step of its inputs alone, or leaves padding out, so
    /// that padding stays padding.</summary>
    internal virtual bool KeepsSteps => false;

    /// <summary>Whether each step of the output comes from that step of the first input and earlier ones, of which it
    /// computes one at a time with <see cref="StepCache"/>.</summary>
    internal virtual bool IsCausal => false;

    /// <summary>Whether it uses a batch as a whole, beyond the statistics that it keeps in buffers: the outputs of
    /// parts of the batch are not parts of its output, or its penalty is not the mean of theirs.</summary>
    internal virtual bool SeesWholeBatch => false;

    /// <summary>The samples of a batch for each thread from which threads that compute a shard of the batch each are
    /// faster than threads that share every operator; null: they are not. As measured on two cores.</summary>
    internal virtual int? SamplesOfShard => null;

    /// <summary>How often each of its weights is used for a sample, for an estimate of its work.</summary>
    /// <param name="input">The shape of its first input.</param>
    /// <param name="output">The shape of its output.</param>
    internal virtual long UsesOfWeights(Shape input, Shape output) => 1;

    /// <summary>The layers inside.</summary>
    internal virtual IEnumerable<Layer> Inside => [];

    /// <summary>The layer, the layers inside it, and those inside them.</summary>
    internal IEnumerable<Layer> WithInside => Inside.SelectMany(inner => inner.WithInside).Prepend(this);

    /// <summary>The shape of the output for given shapes of the inputs, without the batch.</summary>
    /// <exception cref="ShapeException">The layer cannot take the inputs.</exception>
    public abstract Shape OutputShape(IReadOnlyList<Shape> inputs);

    /// <summary>Makes the layer's parameters and returns its forward pass.</summary>
    public abstract Forward Build(LayerBuilder builder);

    internal override void WriteJson(JsonObject json) => LayerJson.Add(json, this);

    internal override CatalogItem ReadJson(JsonNode json) => LayerJson.Take(json, this);

    /// <summary>The settings that differ from their defaults, for a table: <c>64, Activation ReLU,
    /// frozen</c>.</summary>
    public string Describe() => string.Join(", ", Entry.Settings
        .Select(setting => (setting, value: setting.Get(this)))
        .Where(pair => pair.value is not null && !pair.setting.IsDefault(pair.value))
        .Select(pair => pair.setting.Position == 0 ? Show(pair.value!) : $"{pair.setting.Name} {Show(pair.value!)}")
        .Concat(DescribeTraining()));

    private IEnumerable<string> DescribeTraining()
    {
        if (ShareWith is not null)
            yield return $"shared with {ShareWith}";
        if (Frozen)
            yield return "frozen";
        if (Pruned)
            yield return "pruned";
        if (LearningRate is { } rate)
            yield return $"LearningRate {Show(rate)}";
        if (WeightDecay is { } decay)
            yield return $"WeightDecay {Show(decay)}";
        if (OutputWeight is { } weight)
            yield return $"output weight {Show(weight)}";
    }

    private static string Show(object value) => value switch
    {
        CatalogItem item => item.Entry.Name,
        Array list => string.Join("; ", list.Cast<object>().Select(Show)),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}

/// <summary>A layer with one input.</summary>
public abstract record UnaryLayer : Layer
{
    /// <summary>The shape of the output for a shape of the input, without the batch.</summary>
    /// <exception cref="ShapeException">The layer cannot take the input.</exception>
    protected abstract Shape OutputShape(Shape input);

    /// <summary>Makes the layer's parameters and returns its forward pass over a batch.</summary>
    protected abstract Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder);

    public sealed override Shape OutputShape(IReadOnlyList<Shape> inputs) => inputs.Count == 1
        ? OutputShape(inputs[0])
        : throw new ShapeException($"one input, not {inputs.Count}", inputs);

    public sealed override Forward Build(LayerBuilder builder)
    {
        var forward = BuildUnary(builder);
        return (inputs, context) => forward(inputs[0], context);
    }
}

/// <summary>A layer's forward pass: from the batches of its inputs to the batch of its output.</summary>
public delegate Tensor Forward(IReadOnlyList<Tensor> inputs, ForwardContext context);
