using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Samples whose scores are explained.</summary>
/// <param name="model">The model.</param>
/// <param name="inputs">The network's inputs.</param>
/// <param name="classes">The class whose score is explained, for each sample, int64.</param>
internal sealed class ExplainedBatch(ExplainedModel model, IReadOnlyList<Tensor> inputs, Tensor classes)
{
    /// <summary>The model.</summary>
    public ExplainedModel Model => model;

    /// <summary>The network's inputs.</summary>
    public IReadOnlyList<Tensor> Inputs => inputs;

    /// <summary>The class of each sample.</summary>
    public Tensor Classes => classes;

    /// <summary>The number of samples.</summary>
    public int Count => (int)classes.shape[0];

    /// <summary>The numbers of each leaf.</summary>
    public Tensor[] Values { get; } = model.Leaves.Select(leaf => leaf.Of(model.Network, inputs)).ToArray();

    /// <summary>The numbers that stand for nothing, of each leaf.</summary>
    public Tensor[] Baselines { get; } = model.Leaves.Select(leaf =>
        leaf.Baseline(leaf.Of(model.Network, inputs), inputs)).ToArray();

    /// <summary>Some of the samples.</summary>
    public ExplainedBatch Part(Tensor index) => new(model,
        inputs.Select(input => input.index_select(0, index)).ToArray(), classes.index_select(0, index));

    /// <summary>The score of each row of leaves; rows are all samples, once or several times one after the
    /// other.</summary>
    public Tensor Scores(IReadOnlyList<Tensor> leaves)
    {
        var times = leaves[0].shape[0] / Count;
        var tiled = inputs.Select(input => Tiled(input, times)).ToArray();
        var first = model.Leaves[0] is { Weight: null, Input: 0 } ? leaves[0] : tiled[0];
        return model.Scores(model.Outputs(tiled, leaves), Tiled(classes, times), first);
    }

    /// <summary>The gradient of the score of each row by each leaf.</summary>
    public Tensor[] Gradients(IReadOnlyList<Tensor> leaves)
    {
        using var scope = NewDisposeScope();
        var variables = leaves.Select(Variable).ToArray();
        return Derivative(Scores(variables), variables).Select(gradient => gradient.MoveToOuterDisposeScope())
            .ToArray();
    }

    /// <summary>A tensor that gradients are taken by.</summary>
    public static Tensor Variable(Tensor values) => values.detach().requires_grad_();

    /// <summary>The derivatives of a sum of scores. A tensor that no score depends on has zeros.</summary>
    /// <exception cref="ExternalException">Torch cannot compute them.</exception>
    public static Tensor[] Derivative(Tensor scores, IReadOnlyList<Tensor> variables) =>
        Torch.Gradients.Of(scores.sum(), variables);

    /// <summary>A tensor several times one after the other.</summary>
    public static Tensor Tiled(Tensor values, long times) => times == 1 ? values
        : values.unsqueeze(0).expand([times, .. values.shape]).reshape([times * values.shape[0], .. values.shape[1..]]);
}
