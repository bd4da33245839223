using DeepPS.Catalog;

namespace DeepPS.Objectives;

/// <summary>chrF2 of translations: the F-score of runs of 1 to 6 characters, from 0 to 100.</summary>
/// <remarks>(1 + b^2) P R / (b^2 P + R) with b = 2, where P and R are the mean precision and recall of the character
/// n-grams over the whole set; spaces do not count. As sacrebleu's default. From Popovic (2015, 2016). The texts are
/// those that Measure-DlModel makes greedily.</remarks>
[CatalogEntry("ChrF")]
public sealed record ChrF : TextMetric
{
    private const int Order = 6;
    private const double Weight = 2 * 2;

    public override double Of(IReadOnlyList<string> texts, IReadOnlyList<IReadOnlyList<string>> references)
    {
        var sum = new Counts[Order];
        foreach (var (i, text) in texts.Index())
        {
            // Of several references the one with the highest score counts.
            var best = references[i].Select(reference => Compare(text, reference)).MaxBy(Score)!;
            for (var n = 0; n < Order; n++)
                sum[n] = new Counts(sum[n].Own + best[n].Own, sum[n].Other + best[n].Other,
                    sum[n].Common + best[n].Common);
        }

        return Score(sum);
    }

    private static Counts[] Compare(string text, string reference)
    {
        var (own, other) = (Characters(text), Characters(reference));
        return Enumerable.Range(1, Order).Select(n =>
        {
            var (grams, wanted) = (NGrams.Of(own, n), NGrams.Of(other, n));
            return new Counts(wanted.Count == 0 ? 0 : grams.Values.Sum(), wanted.Values.Sum(),
                grams.Sum(gram => Math.Min(gram.Value, wanted.GetValueOrDefault(gram.Key))));
        }).ToArray();
    }

    private static double Score(Counts[] counts)
    {
        var there = counts.Where(count => count is { Own: > 0, Other: > 0 }).ToArray();
        if (there.Length == 0)
            return 0;
        var precision = there.Average(count => (double)count.Common / count.Own);
        var recall = there.Average(count => (double)count.Common / count.Other);
        return precision + recall == 0 ? 0 : 100 * (1 + Weight) * precision * recall / (Weight * precision + recall);
    }

    private static string[] Characters(string text) => string.Concat(
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).EnumerateRunes()
        .Select(rune => rune.ToString()).ToArray();

    /// <summary>The n-grams of a text, those of its reference, and those that both have.</summary>
    private readonly record struct Counts(long Own, long Other, long Common);
}
