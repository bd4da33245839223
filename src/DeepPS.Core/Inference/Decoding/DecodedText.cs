namespace DeepPS.Inference;

/// <summary>A text that a model produced, as tokens.</summary>
/// <param name="Tokens">The ids of the tokens, without the end.</param>
/// <param name="LogProbability">The sum of the log probabilities of the chosen tokens and the end.</param>
internal sealed record DecodedText(IReadOnlyList<int> Tokens, double LogProbability);
