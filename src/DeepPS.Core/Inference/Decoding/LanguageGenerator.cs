using DeepPS.Data;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Goes on with a text of a language model for a number of tokens, beyond its end and beyond the length of the
/// training texts.</summary>
internal static class LanguageGenerator
{
    /// <summary>Produces tokens.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The plan of its data.</param>
    /// <param name="begun">The tokens with which the text begins.</param>
    /// <param name="options">The options, with the number of tokens.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="draw">Draws tokens; null for the most likely ones.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The text with its beginning, in which each end of a text is the end of a line; and the log probability
    /// of the produced tokens.</returns>
    public static (string Text, double LogProbability) Run(Network network, DataPlan plan, int[] begun,
        DecodingOptions options, Device device, TokenDraw? draw, CancellationToken cancel)
    {
        var text = plan.Label!.Text!;
        var lines = new List<string>();
        var (line, sum, left) = (new List<int>(begun), 0.0, options.Generate!.Value);
        while (left > 0)
        {
            using var scope = NewDisposeScope();
            // The context is the whole line, or half of the longest length if the line is longer.
            var known = line.TakeLast(line.Count < text.Length ? line.Count : text.Length / 2).ToArray();
            using var inputs = zeros([1, text.Length], device: device);
            var most = Math.Min(text.Length, known.Length + left);
            using var source = TokenSource.Of(network, [inputs], plan, options.UsesCache);
            var made = StepDecoder.Run(source, text, [known], options with { MaxLength = most }, device,
                draw is null ? null : [draw], cancel)[0];
            var isEnd = made.Tokens.Count < most;
            line.AddRange(made.Tokens.Skip(known.Length));
            left -= made.Tokens.Count - known.Length + (isEnd ? 1 : 0);
            sum += made.LogProbability;
            if (!isEnd)
                continue;
            lines.Add(text.TextOf(line));
            line.Clear();
        }

        if (line.Count > 0)
            lines.Add(text.TextOf(line));
        return (string.Join('\n', lines), sum);
    }
}
