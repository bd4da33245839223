using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A dataset as a network sees it.</summary>
public sealed class EncodedData
{
    internal EncodedData(int count, IReadOnlyList<EncodedInput> inputs)
    {
        Count = count;
        Inputs = inputs;
    }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>What goes into the network, input by input.</summary>
    public IReadOnlyList<EncodedInput> Inputs { get; }

    /// <summary>
    /// The targets one sample after the other: <c>long[]</c> of class numbers, -1 where a place has none, or <c>float[]</c> of
    /// numbers; null: not asked for, or the first input itself.
    /// </summary>
    public Array? Targets { get; internal init; }

    /// <summary>The shape of one target.</summary>
    public Shape TargetShape { get; internal init; } = new();

    /// <summary>Whether the first input is the target too.</summary>
    public bool TargetIsInput { get; internal init; }

    /// <summary>How much each sample counts in the loss; null: all the same.</summary>
    public float[]? Weights { get; internal init; }

    /// <summary>How many rows were dropped because they have no label.</summary>
    public int Dropped { get; internal init; }
}

/// <summary>What goes into one input of a network.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Values">The samples one after the other: <c>float[]</c>, or <c>byte[]</c> for images, where a byte stands for b / 255.</param>
public sealed record EncodedInput(string Name, Shape Shape, Array Values)
{
    /// <summary>How the numbers that bytes stand for are standardised, channel by channel; null: they are not.</summary>
    internal ChannelScale? Scale { get; init; }
}
