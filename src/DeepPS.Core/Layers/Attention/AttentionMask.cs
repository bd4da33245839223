using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>The keys that a query may attend to, as numbers added to the scores: 0, or one so low that the key gets no
/// weight. It is finite, so a query without any allowed key attends to all alike instead of giving NaN.</summary>
internal sealed class AttentionMask
{
    private const double Hidden = -1e30;
    private readonly int heads;

    /// <summary>Makes the mask of a batch.</summary>
    /// <param name="real">(samples, keys), 0 for padding; null if there is none.</param>
    /// <param name="causal">Whether a query attends to no later key.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="like">A tensor of the type and device to use.</param>
    public AttentionMask(Tensor? real, bool causal, long queries, long keys, int heads, Tensor like)
    {
        using var scope = NewDisposeScope();
        this.heads = heads;
        if (causal)
            Order = full([queries, keys], Hidden, like.dtype, like.device).triu_(1).MoveToOuterDisposeScope();
        if (real is not null)
            Padding = real.eq(0).to(like.dtype).mul_(Hidden).repeat_interleave(heads, 0).unsqueeze_(1)
                .MoveToOuterDisposeScope();
    }

    /// <summary>(queries, keys); null if queries may attend to later keys.</summary>
    public Tensor? Order { get; }

    /// <summary>(samples * heads, 1, keys); null if there is no padding.</summary>
    public Tensor? Padding { get; }

    /// <summary>Both masks for torch's own attention: (samples, heads, queries or 1, keys); null if there is no
    /// padding.</summary>
    public Tensor? Together()
    {
        if (Padding is null)
            return null;
        var padding = Padding.view(-1, heads, 1, Padding.shape[2]);
        return Order is null ? padding : padding.add(Order);
    }
}
