namespace DeepPS;

/// <summary>A dataset as a network sees it.</summary>
public sealed class EncodedData
{
    internal EncodedData(int count, Shape shape, Array inputs, Array? targets, int dropped)
    {
        Count = count;
        Shape = shape;
        Inputs = inputs;
        Targets = targets;
        Dropped = dropped;
    }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape Shape { get; }

    /// <summary>The samples one after the other: <c>float[]</c>, or <c>byte[]</c> for images, where a byte stands for b / 255.</summary>
    public Array Inputs { get; }

    /// <summary>A target for each sample: <c>long[]</c> of class numbers or <c>float[]</c> of standardised numbers; null: not asked for.</summary>
    public Array? Targets { get; }

    /// <summary>How many rows were dropped because they have no label.</summary>
    public int Dropped { get; }
}
