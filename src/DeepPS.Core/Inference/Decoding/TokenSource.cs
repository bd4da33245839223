using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Gives the log probabilities of the next token of several texts, step by step.</summary>
internal abstract class TokenSource : IDisposable
{
    /// <summary>Adds a token to each text.</summary>
    /// <param name="tokens">The tokens, float32: (texts).</param>
    /// <returns>The log probability of each token that may come next: (texts, tokens). Padding, the beginning and the
    /// unknown token have none.</returns>
    public Tensor Next(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var logits = LogitsAfter(tokens);
        logits.index_fill_(1, tensor(new long[] { Tokenizer.Padding, Tokenizer.Unknown, Text.Begin },
            device: logits.device), double.NegativeInfinity);
        return logits.log_softmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>Replaces each text by another one of the same row.</summary>
    /// <param name="texts">The number of the other text for each, int64.</param>
    public abstract void Select(Tensor texts);

    public abstract void Dispose();

    /// <summary>The tokens.</summary>
    protected abstract TargetEncoder Text { get; }

    /// <summary>The logits (texts, tokens), float32, a new tensor.</summary>
    protected abstract Tensor LogitsAfter(Tensor tokens);

    /// <summary>The best source for a network: with a cache, if all of its layers have one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">A batch of its inputs, which the caller frees later.</param>
    /// <param name="plan">The plan of its data.</param>
    /// <param name="cached">Whether a cache is used.</param>
    public static TokenSource Of(Network network, Tensor[] inputs, DataPlan plan, bool cached)
    {
        var place = plan.TargetPlace;
        return cached && network.BeginSteps(inputs, place) is { } steps ? new Cached(steps, plan.Label!.Text!)
            : new Whole(network, inputs, place, plan.Label!.Text!);
    }

    private sealed class Cached(SequenceSteps steps, TargetEncoder text) : TokenSource
    {
        protected override TargetEncoder Text => text;

        public override void Select(Tensor texts) => steps.Select(texts);

        public override void Dispose() => steps.Dispose();

        protected override Tensor LogitsAfter(Tensor tokens) =>
            steps.Next(tokens.unsqueeze(1)).select(1, 0).to(ScalarType.Float32, copy: true);
    }

    /// <summary>Computes all steps each time: later ones do not change earlier ones.</summary>
    private sealed class Whole : TokenSource
    {
        private readonly Network network;
        private readonly Tensor[] inputs;
        private readonly int place;
        private Tensor soFar;
        private long step;

        public Whole(Network network, Tensor[] inputs, int place, TargetEncoder text)
        {
            (this.network, this.inputs, this.place, Text) = (network, [.. inputs], place, text);
            soFar = zeros_like(inputs[place]).DetachFromDisposeScope();
        }

        protected override TargetEncoder Text { get; }

        public override void Select(Tensor texts)
        {
            var others = soFar.index_select(0, texts).DetachFromDisposeScope();
            soFar.Dispose();
            soFar = others;
        }

        public override void Dispose() => soFar.Dispose();

        protected override Tensor LogitsAfter(Tensor tokens)
        {
            soFar.select(1, step).copy_(tokens);
            inputs[place] = soFar;
            return network.Forward(inputs, ForwardContext.Inference).select(1, step++)
                .to(ScalarType.Float32, copy: true);
        }
    }
}
