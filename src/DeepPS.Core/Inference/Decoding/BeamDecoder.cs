using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Beam search: keeps several unfinished texts for each row, those of the highest probability, and gives the
/// finished one with the best score.</summary>
/// <remarks>The score of a text of n tokens, with its end, is its log probability / ((5 + n) / 6)^LengthPenalty (Wu and
/// others, Google's Neural Machine Translation System, 2016). A row ends when no unfinished text can become
/// better.</remarks>
internal sealed class BeamDecoder(TargetEncoder text, DecodingOptions options, int rows)
{
    private readonly int beam = options.Beam;
    private readonly List<int>[] texts =
        Enumerable.Range(0, rows * options.Beam).Select(_ => new List<int>()).ToArray();
    private readonly List<(DecodedText Text, double Score)>[] finished =
        Enumerable.Range(0, rows).Select(_ => new List<(DecodedText, double)>()).ToArray();

    /// <summary>The log probability of each unfinished text. At first the texts of a row are equal, and only one
    /// counts.</summary>
    private readonly double[] sums = Enumerable.Range(0, rows * options.Beam)
        .Select(i => i % options.Beam == 0 ? 0 : double.NegativeInfinity).ToArray();

    /// <summary>Produces a text for each row.</summary>
    /// <param name="source">Gives the probabilities, for as many texts of each row as there are beams.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    public DecodedText[] Run(TokenSource source, Device device, CancellationToken cancel)
    {
        var tokens = Enumerable.Repeat((float)text.Begin, rows * beam).ToArray();
        var most = options.MaxLength ?? text.Length;
        for (var step = 1; step <= most && !Enumerable.Range(0, rows).All(row => IsDone(row, step)); step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // Of each text, twice as many as beams: one of them may be the end.
            var logs = source.Next(tensor(tokens, device: device));
            var (values, places) = logs.topk((int)Math.Min(2 * beam, logs.shape[1]), 1);
            var (scores, next) = (values.cpu().contiguous().data<float>().ToArray(),
                places.to(ScalarType.Int32).cpu().contiguous().data<int>().ToArray());
            var parents = new long[rows * beam];
            for (var row = 0; row < rows; row++)
                Step(row, step, scores, next, scores.Length / (rows * beam), tokens, parents);
            source.Select(tensor(parents, device: device));
        }

        return Enumerable.Range(0, rows).Select(Best).ToArray();
    }

    private void Step(int row, int step, float[] scores, int[] next, int width, float[] tokens, long[] parents)
    {
        var first = row * beam;
        var candidates = Enumerable.Range(first * width, beam * width)
            .Select(i => (Parent: i / width, Token: next[i], Sum: sums[i / width] + scores[i]))
            .Where(candidate => !double.IsNegativeInfinity(candidate.Sum))
            .OrderByDescending(candidate => candidate.Sum).ToArray();
        var kept = new List<(int Parent, int Token, double Sum)>();
        foreach (var (candidate, rank) in candidates.Select((candidate, rank) => (candidate, rank)))
            if (kept.Count == beam)
                break;
            else if (candidate.Token != text.End)
                kept.Add(candidate);
            else if (rank < beam)
                Finish(row, texts[candidate.Parent], candidate.Sum, step);
        var longer = kept.Select(candidate => new List<int>(texts[candidate.Parent]) { candidate.Token }).ToArray();
        for (var i = 0; i < beam; i++)
        {
            var isThere = i < kept.Count;
            (sums[first + i], tokens[first + i], parents[first + i]) = isThere
                ? (kept[i].Sum, kept[i].Token, kept[i].Parent)
                : (double.NegativeInfinity, Tokenizer.Padding, first);
            texts[first + i] = isThere ? longer[i] : [];
        }
    }

    private void Finish(int row, List<int> ids, double sum, int length) =>
        finished[row].Add((new DecodedText([.. ids], sum), sum / Penalty(length)));

    /// <summary>Whether no unfinished text of a row can become its best one.</summary>
    private bool IsDone(int row, int step)
    {
        var open = sums.AsSpan(row * beam, beam).ToArray().Max();
        // Probabilities only fall, so the longest text would have the best score.
        return finished[row].Count > 0 && finished[row].Max(each => each.Score)
            >= open / Math.Max(Penalty(step), Penalty(options.MaxLength ?? text.Length));
    }

    private DecodedText Best(int row)
    {
        if (finished[row].Count == 0)
            for (var i = row * beam; i < (row + 1) * beam; i++)
                Finish(row, texts[i], sums[i], Math.Max(1, texts[i].Count));
        return finished[row].MaxBy(each => each.Score).Text;
    }

    private double Penalty(int length) => Math.Pow((5.0 + length) / 6, options.LengthPenalty);
}
