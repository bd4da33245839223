using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Transformer decoder: layers of self-attention, attention to a memory such as an encoder's output, and a
/// feed-forward network.</summary>
/// <remarks>time x features, unchanged. The second input is the memory (its time x the same features). An optional
/// third input (the memory's time) is its mask, 0 for padding. Parameters are those of PyTorch's
/// <c>nn.TransformerDecoder</c> without a last norm: <c>layers.0.self_attn</c> and <c>multihead_attn</c> as in
/// MultiHeadAttention, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>, <c>norm3</c>. From Vaswani and
/// others, Attention Is All You Need (2017).</remarks>
[CatalogEntry("TransformerDecoder")]
public sealed record TransformerDecoder : TransformerLayer
{
    /// <summary>Whether a place attends only to itself and earlier places of the sequence.</summary>
    [Setting]
    public bool Causal { get; init; } = true;

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => Causal;

    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => 2;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        const string needs = "time x features and a memory of time x the same features (rank 2 both)";
        SequenceMask.Check(inputs, 2, needs);
        if (inputs[0][1] != inputs[1][1])
            throw new ShapeException(needs, inputs);
        AttentionWidth.Check(inputs, Heads);
        return inputs[0];
    }

    public override Forward Build(LayerBuilder builder)
    {
        var (sequence, memory) = (builder.Inputs[0], builder.Inputs[1]);
        var width = sequence[1];
        var blocks = Enumerable.Range(0, Layers).Select(i => new Block(builder.Part($"layers.{i}"), width, this))
            .ToArray();
        return (inputs, context) =>
        {
            using var scope = NewDisposeScope();
            var x = inputs[0];
            // A step comes after all that it attends to.
            var own = new AttentionMask(null, Causal && context.Steps is null, sequence[0], sequence[0], Heads, x);
            var other = new AttentionMask(inputs.Count > 2 ? inputs[2] : null, false, sequence[0], memory[0], Heads, x);
            var (rows, remembered) = (x.reshape(-1, width), inputs[1].reshape(-1, width));
            foreach (var block in blocks)
                rows = block.Run(rows, remembered, x.shape[0], own, other, context);
            return rows.view(x.shape).MoveToOuterDisposeScope();
        };
    }

    private sealed class Block(LayerBuilder builder, long width, TransformerDecoder settings)
    {
        private readonly AttentionHeads toItself =
            new(builder.Part("self_attn"), width, width, settings.Heads, settings.Dropout);

        private readonly AttentionHeads toMemory =
            new(builder.Part("multihead_attn"), width, width, settings.Heads, settings.Dropout);

        private readonly FeedForwardNet net = new(builder, width, settings);
        private readonly TransformerSublayer first = new(builder, "norm1", width, settings);
        private readonly TransformerSublayer second = new(builder, "norm2", width, settings);
        private readonly TransformerSublayer third = new(builder, "norm3", width, settings);

        public Tensor Run(Tensor x, Tensor memory, long samples, AttentionMask own, AttentionMask other,
            ForwardContext context)
        {
            using var itself = first.Run(x, rows => toItself.Attend(rows, null, samples, own, context), context);
            using var both = second.Run(itself, rows => toMemory.Attend(rows, memory, samples, other, context),
                context);
            return third.Run(both, rows => net.Run(rows, context), context);
        }
    }
}
