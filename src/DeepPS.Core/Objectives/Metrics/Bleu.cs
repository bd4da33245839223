using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>BLEU of translations: word n-grams of the texts that also occur in the references, from 0 to 100.</summary>
/// <remarks>BP exp(mean of ln p1, ..., ln p4), where pn is the share of n-grams that a reference has too, over the
/// whole set, and BP = exp(1 - reference length / length) for texts that are too short. As sacrebleu's default:
/// tokenizer 13a, case-sensitive, a pn of 0 is smoothed exponentially (1 / 2, 1 / 4, ... of one n-gram). From Papineni
/// and others (2002) and Post (2018). The texts are those that Measure-DlModel makes greedily.</remarks>
[CatalogEntry("Bleu")]
public sealed record Bleu : TextMetric
{
    private const int Order = 4;

    public override double Of(IReadOnlyList<string> texts, IReadOnlyList<IReadOnlyList<string>> references)
    {
        var (correct, total) = (new long[Order], new long[Order]);
        var (length, wanted) = (0L, 0L);
        foreach (var (i, text) in texts.Index())
        {
            var words = BleuWords.Of(text);
            var others = references[i].Select(BleuWords.Of).ToArray();
            length += words.Length;
            // Of two equally close lengths the shorter one counts.
            wanted += others.Select(other => other.Length).OrderBy(other => Math.Abs(other - words.Length))
                .ThenBy(other => other).First();
            for (var n = 1; n <= Order; n++)
            {
                var counts = NGrams.Of(words, n);
                var most = others.Select(other => NGrams.Of(other, n)).ToArray();
                total[n - 1] += counts.Values.Sum();
                correct[n - 1] += counts.Sum(gram =>
                    Math.Min(gram.Value, most.Max(other => other.GetValueOrDefault(gram.Key))));
            }
        }

        return Score(correct, total, length, wanted);
    }

    private static double Score(long[] correct, long[] total, long length, long wanted)
    {
        if (correct.All(count => count == 0) || total.Any(count => count == 0))
            return 0;
        var (logs, smooth) = (0.0, 1.0);
        for (var n = 0; n < Order; n++)
            logs += Math.Log((correct[n] > 0 ? correct[n] : 1 / (smooth *= 2)) / total[n]);
        var brevity = length >= wanted ? 1 : Math.Exp(1 - (double)wanted / length);
        return 100 * brevity * Math.Exp(logs / Order);
    }
}
