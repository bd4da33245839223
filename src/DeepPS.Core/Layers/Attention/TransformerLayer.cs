using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>Base of transformer encoders and decoders.</summary>
public abstract record TransformerLayer : Layer
{
    /// <summary>The number of stacked layers.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Layers { get; init; }

    /// <summary>The number of attention heads. Must divide the features.</summary>
    [Setting(Position = 1, Required = true, Minimum = 1)]
    public int Heads { get; init; }

    /// <summary>The number of hidden units of the feed-forward network.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 2048;

    /// <summary>The dropout probability: in attention, in the hidden layer and after each sublayer.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>The activation of the hidden layer.</summary>
    [Setting]
    public Activation Activation { get; init; } = new ReLU();

    /// <summary>Whether each sublayer normalizes its input (pre-norm) instead of its output.</summary>
    [Setting]
    public bool NormFirst { get; init; }
}
