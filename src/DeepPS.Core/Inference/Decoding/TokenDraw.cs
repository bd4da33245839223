namespace DeepPS.Inference;

/// <summary>Draws tokens at random from log probabilities: by temperature, among the most likely ones.</summary>
/// <param name="options">The options.</param>
/// <param name="row">The number of the row among those of a prediction: the same row and seed give the same tokens,
/// whatever other rows are predicted with it.</param>
internal sealed class TokenDraw(DecodingOptions options, int row)
{
    private readonly Random random = new(unchecked(options.Seed * 486_187_739 + options.FirstRow + row));

    /// <summary>Draws a token.</summary>
    /// <param name="logs">The log probability of each.</param>
    public int Next(ReadOnlySpan<float> logs)
    {
        var (tokens, shares) = Shares(logs);
        var place = random.NextDouble() * shares.Sum();
        for (var i = 0; i < tokens.Length; i++)
            if ((place -= shares[i]) < 0)
                return tokens[i];
        return tokens[^1];
    }

    /// <summary>The tokens to draw from, the most likely first, and their probabilities up to a factor.</summary>
    internal (int[] Tokens, double[] Shares) Shares(ReadOnlySpan<float> logs)
    {
        var scaled = new double[logs.Length];
        var top = double.NegativeInfinity;
        for (var i = 0; i < logs.Length; i++)
            top = Math.Max(top, scaled[i] = logs[i] / (options.Temperature ?? 1));
        var tokens = Enumerable.Range(0, logs.Length).Where(i => !double.IsNegativeInfinity(scaled[i]))
            .OrderByDescending(i => scaled[i]).ThenBy(i => i).Take(options.TopK ?? int.MaxValue).ToArray();
        var shares = Array.ConvertAll(tokens, i => Math.Exp(scaled[i] - top));
        if (options.TopP is not { } share)
            return (tokens, shares);
        var (left, count) = (share * shares.Sum(), 0);
        while (count < shares.Length && (count == 0 || left > 0))
            left -= shares[count++];
        return (tokens[..count], shares[..count]);
    }
}
