namespace DeepPS.Data;

/// <summary>A task of few-shot learning: a few samples of each of a few classes, and other samples of these classes to
/// classify.</summary>
public sealed class Episode
{
    /// <summary>The number of the episode, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The names of its classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The number of its classes.</summary>
    public int Way => Classes.Count;

    /// <summary>The number of samples of each class in the support.</summary>
    public required int Shot { get; init; }

    /// <summary>The labelled samples, class by class.</summary>
    public required Dataset Support { get; init; }

    /// <summary>The samples to classify, class by class.</summary>
    public required Dataset Query { get; init; }

    /// <summary>The sizes on one line.</summary>
    public override string ToString() => $"episode {Number}: {string.Join(", ", Classes)}; {Shot} shot, "
        + $"{Query.Count} queries";
}
