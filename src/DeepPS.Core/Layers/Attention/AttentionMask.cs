using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Which keys a query may look at, as numbers that are added to the scores: 0, or one so low that nothing is
/// left of the key. It is finite, so that a query which may look at no key looks at all of them alike rather than
/// giving NaN.</summary>
internal sealed class AttentionMask
{
    private const double Hidden = -1e30;
    private readonly int heads;

    /// <summary>Makes it for a batch.</summary>
    /// <param name="real">(samples, keys), 0 where there is padding; null: there is none.</param>
    /// <param name="causal">Whether a query looks at no key behind its own place.</param>
    /// <param name="queries">How many queries there are.</param>
    /// <param name="keys">How many keys there are.</param>
    /// <param name="heads">How many heads there are.</param>
    /// <param name="like">Gives type and device.</param>
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

    /// <summary>(queries, keys), or null where every query may look behind its place.</summary>
    public Tensor? Order { get; }

    /// <summary>(samples * heads, 1, keys), or null where there is no padding.</summary>
    public Tensor? Padding { get; }

    /// <summary>Both for torch's own attention: (samples, heads, queries or 1, keys); null: none, or the order
    /// alone.</summary>
    public Tensor? Together()
    {
        if (Padding is null)
            return null;
        var padding = Padding.view(-1, heads, 1, Padding.shape[2]);
        return Order is null ? padding : padding.add(Order);
    }
}
