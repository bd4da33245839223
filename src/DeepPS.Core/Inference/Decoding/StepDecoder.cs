using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Chooses the token of each step at once: the most likely one, or one drawn at random.</summary>
internal static class StepDecoder
{
    /// <summary>Produces a text for each row.</summary>
    /// <param name="source">Gives the probabilities.</param>
    /// <param name="text">The tokens.</param>
    /// <param name="begun">The tokens with which the text of each row begins.</param>
    /// <param name="options">The options.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="draws">Draws the tokens of each row; null for the most likely ones.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    public static DecodedText[] Run(TokenSource source, TargetEncoder text, IReadOnlyList<int[]> begun,
        DecodingOptions options, Device device, IReadOnlyList<TokenDraw>? draws, CancellationToken cancel)
    {
        var rows = begun.Count;
        var texts = begun.Select(_ => new List<int>()).ToArray();
        var (sums, ended) = (new double[rows], new bool[rows]);
        var tokens = Enumerable.Repeat((float)text.Begin, rows).ToArray();
        for (var step = 0; step < (options.MaxLength ?? text.Length) && !ended.All(end => end); step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logs = source.Next(tensor(tokens, device: device));
            var (best, most) = Choose(logs, draws);
            for (var row = 0; row < rows; row++)
            {
                tokens[row] = Tokenizer.Padding;
                if (ended[row])
                    continue;
                var isGiven = step < begun[row].Length;
                var token = isGiven ? begun[row][step] : best[row];
                sums[row] += isGiven ? 0 : most[row];
                if (ended[row] = token == text.End)
                    continue;
                texts[row].Add(token);
                tokens[row] = token;
            }
        }

        return texts.Zip(sums, (ids, sum) => new DecodedText(ids, sum)).ToArray();
    }

    private static (int[] Tokens, float[] Logs) Choose(Tensor logs, IReadOnlyList<TokenDraw>? draws)
    {
        if (draws is null)
        {
            var (most, best) = logs.max(1);
            return (best.to(ScalarType.Int32).cpu().data<int>().ToArray(), most.cpu().data<float>().ToArray());
        }

        var count = (int)logs.shape[1];
        var all = logs.cpu().contiguous().data<float>().ToArray();
        var drawn = Enumerable.Range(0, (int)logs.shape[0])
            .Select(row => draws[row].Next(all.AsSpan(row * count, count))).ToArray();
        return (drawn, drawn.Select((token, row) => all[row * count + token]).ToArray());
    }
}
