using DeepPS.Data;

namespace DeepPS.Abstractions;

/// <summary>Reads a parameter that takes labelled samples in several forms.</summary>
internal static class SupportData
{
    /// <summary>The samples: a dataset, the training part of a split, or the support of an episode.</summary>
    public static Dataset Of(object value) => PipelineValue.Unwrap(value) is Episode episode ? episode.Support
        : ModelSource.TrainingData(value).Train;

    /// <summary>The episodes of a parameter that takes one or several; empty if it holds other objects.</summary>
    public static IReadOnlyList<Episode> Episodes(object value) => PipelineValue.Unwrap(value) switch
    {
        Episode one => [one],
        object?[] { Length: > 0 } all when all.All(item => item is Episode) => all.Cast<Episode>().ToArray(),
        _ => [],
    };
}
