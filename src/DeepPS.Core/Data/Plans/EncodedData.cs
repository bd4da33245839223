using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An encoded dataset.</summary>
public sealed class EncodedData
{
    internal EncodedData(int count, IReadOnlyList<EncodedInput> inputs)
    {
        Count = count;
        Inputs = inputs;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The inputs of the network.</summary>
    public IReadOnlyList<EncodedInput> Inputs { get; }

    /// <summary>
    /// The targets one sample after the other: <c>long[]</c> of class numbers, -1 where a place has no class, or
    /// <c>float[]</c> of numbers; null: not asked for, or equal to the first input.
    /// </summary>
    public Array? Targets { get; internal init; }

    /// <summary>The shape of one target.</summary>
    public Shape TargetShape { get; internal init; } = new();

    /// <summary>Whether the first input is the target too.</summary>
    public bool TargetIsInput { get; internal init; }

    /// <summary>The weight of each sample in the loss; null: all the same.</summary>
    public float[]? Weights { get; internal init; }

    /// <summary>The number of rows dropped because they have no label.</summary>
    public int Dropped { get; internal init; }
}

/// <summary>The values of one input of a network.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Values">
/// The samples one after the other: <c>float[]</c>, or <c>byte[]</c> for images, where a byte b stands for b / 255.
/// </param>
public sealed record EncodedInput(string Name, Shape Shape, Array Values)
{
    /// <summary>How the numbers of bytes are standardised, channel by channel; null: they are not.</summary>
    internal ChannelScale? Scale { get; init; }
}
