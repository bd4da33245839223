using DeepPS.Catalog;

namespace DeepPS.Layers;

/// <summary>What transformers' encoders and decoders share: how many layers there are, and what is in one.</summary>
public abstract record TransformerLayer : Layer
{
    /// <summary>How many layers are stacked.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Layers { get; init; }

    /// <summary>How many heads each attention has; they share the features in equal parts.</summary>
    [Setting(Position = 1, Required = true, Minimum = 1)]
    public int Heads { get; init; }

    /// <summary>How many units the hidden layer of each place's own network has.</summary>
    [Setting(Minimum = 1)]
    public int FeedForward { get; init; } = 2048;

    /// <summary>How probable it is, while training, that a number becomes 0: in attention, in the hidden layer, after
    /// each part.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>The function of the hidden layer.</summary>
    [Setting]
    public Activation Activation { get; init; } = new ReLU();

    /// <summary>Whether each part normalises what comes in, not the sum that goes out.</summary>
    [Setting]
    public bool NormFirst { get; init; }
}
