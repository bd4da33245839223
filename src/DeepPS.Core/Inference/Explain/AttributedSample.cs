namespace DeepPS.Inference;

/// <summary>The explanation of one sample.</summary>
public sealed class AttributedSample
{
    /// <summary>The number of the sample in the data, from 1.</summary>
    public required int Row { get; init; }

    /// <summary>The attributions of its columns, tokens or numbers.</summary>
    public IReadOnlyList<AttributionRow> Rows { get; init; } = [];

    /// <summary>The attributions of its images.</summary>
    public IReadOnlyList<AttributionMap> Maps { get; init; } = [];
}
