using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Transformer encoder: layers of self-attention and a feed-forward network.</summary>
/// <remarks>time x features, unchanged. An optional second input (time) is the mask, 0 for padding. Parameters are
/// those of PyTorch's <c>nn.TransformerEncoder</c> without a last norm: <c>layers.0.self_attn</c> as in
/// MultiHeadAttention, <c>layers.0.linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>, each with <c>weight</c> and
/// <c>bias</c>. From Vaswani and others, Attention Is All You Need (2017).</remarks>
[CatalogEntry("TransformerEncoder")]
public sealed record TransformerEncoder : TransformerLayer
{
    /// <summary>Whether a place attends only to itself and earlier places, as in a language model.</summary>
    [Setting]
    public bool Causal { get; init; }

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => Causal;

    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => 1;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        SequenceMask.Check(inputs, 1, "time x features (rank 2)");
        AttentionWidth.Check(inputs, Heads);
        return inputs[0];
    }

    public override Forward Build(LayerBuilder builder)
    {
        var sequence = builder.Inputs[0];
        var blocks = Enumerable.Range(0, Layers).Select(i => new Block(builder.Part($"layers.{i}"), sequence[1], this))
            .ToArray();
        return (inputs, context) =>
        {
            using var scope = NewDisposeScope();
            var x = inputs[0];
            // A step comes after all that it attends to, and is no padding.
            var mask = context.Steps is not null ? new AttentionMask(null, false, 1, 1, Heads, x)
                : new AttentionMask(inputs.Count > 1 ? inputs[1] : null, Causal, sequence[0], sequence[0], Heads, x);
            var rows = x.reshape(-1, sequence[1]);
            foreach (var block in blocks)
                rows = block.Run(rows, x.shape[0], mask, context);
            return rows.view(x.shape).MoveToOuterDisposeScope();
        };
    }

    private sealed class Block(LayerBuilder builder, long width, TransformerEncoder settings)
    {
        private readonly AttentionHeads attention =
            new(builder.Part("self_attn"), width, width, settings.Heads, settings.Dropout);

        private readonly FeedForwardNet net = new(builder, width, settings);
        private readonly TransformerSublayer first = new(builder, "norm1", width, settings);
        private readonly TransformerSublayer second = new(builder, "norm2", width, settings);

        public Tensor Run(Tensor x, long samples, AttentionMask mask, ForwardContext context)
        {
            using var attended = first.Run(x, rows => attention.Attend(rows, null, samples, mask, context), context);
            return second.Run(attended, rows => net.Run(rows, context), context);
        }
    }
}
