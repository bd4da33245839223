using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Multi-head attention of a sequence to itself, or to a second sequence.</summary>
/// <remarks>queries x features to the same. One input: self-attention. A second input is the memory (keys x any number
/// of features). An optional last input (keys) is the mask, 0 for padding. Parameters are those of PyTorch's
/// <c>nn.MultiheadAttention</c>: <c>in_proj_weight</c> (3 * features, features), or <c>q_proj_weight</c>,
/// <c>k_proj_weight</c> and <c>v_proj_weight</c> if the memory has other features; <c>in_proj_bias</c> (3 * features),
/// <c>out_proj.weight</c> and <c>out_proj.bias</c>. From Vaswani and others, Attention Is All You Need
/// (2017).</remarks>
[CatalogEntry("MultiHeadAttention", "Attention", "MHA")]
public sealed record MultiHeadAttention : Layer
{
    /// <summary>The number of heads. Must divide the features.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Heads { get; init; }

    /// <summary>The dropout probability of attention weights while training.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; }

    /// <summary>Whether queries, keys, values and the output have a learned bias.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    /// <summary>Whether a place attends only to itself and earlier places.</summary>
    [Setting]
    public bool Causal { get; init; }

    internal override bool KeepsSteps => true;

    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => HasMemory(inputs) ? 2 : 1;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        SequenceMask.Check(inputs, HasMemory(inputs) ? 2 : 1, HasMemory(inputs)
            ? "time x features of queries and of a memory (rank 2 both)"
            : "time x features (rank 2)");
        AttentionWidth.Check(inputs, Heads);
        return inputs[0];
    }

    public override Forward Build(LayerBuilder builder)
    {
        var remembers = HasMemory(builder.Inputs);
        var (query, memory) = (builder.Inputs[0], builder.Inputs[remembers ? 1 : 0]);
        var masked = builder.Inputs.Count > (remembers ? 2 : 1);
        var heads = new AttentionHeads(builder, query[1], memory[1], Heads, Dropout, Bias);
        return (inputs, context) =>
        {
            using var scope = NewDisposeScope();
            var x = inputs[0];
            var mask = new AttentionMask(masked ? inputs[^1] : null, Causal, query[0], memory[0], Heads, x);
            return heads.Attend(x.reshape(-1, query[1]), remembers ? inputs[1].reshape(-1, memory[1]) : null,
                x.shape[0], mask, context)
                .view(query.WithBatch(-1)).MoveToOuterDisposeScope();
        };
    }

    private static bool HasMemory(IReadOnlyList<Shape> inputs) => inputs.Count > 2 || inputs is [_, { Rank: 2 }];
}
