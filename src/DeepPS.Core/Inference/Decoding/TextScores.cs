using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Inference;

/// <summary>Measures the texts that a model produces.</summary>
internal static class TextScores
{
    /// <summary>The value of each metric.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Data with the label.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(Model model, Dataset data,
        IReadOnlyList<TextMetric> metrics, PredictionOptions options, CancellationToken cancel)
    {
        if (metrics.Count == 0)
            return [];
        var plan = model.Plan!;
        var (kept, _) = plan.Usable(data, withLabel: true, null);
        var label = kept.Find(plan.Label!.Name)!;
        var references = Enumerable.Range(0, kept.Count).Select(row => new[] { (string)label[row]! }).ToArray();
        var texts = TextPredictor.Predict(model, kept, options, Threads.Count(null), cancel)
            .Select(prediction => (string)prediction.Value).ToArray();
        return metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Of(texts, references))).ToArray();
    }
}
