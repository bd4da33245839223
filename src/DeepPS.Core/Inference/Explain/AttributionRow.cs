namespace DeepPS.Inference;

/// <summary>The attribution of one part of a sample: a column, a token, a number of an array.</summary>
/// <param name="Row">The number of the sample in the data, from 1.</param>
/// <param name="Class">The class whose output is explained; null for a number.</param>
/// <param name="Output">The output: the logit of the class, a number in the label's unit, or the error of a
/// reconstruction.</param>
/// <param name="Baseline">The output of the baseline.</param>
/// <param name="Column">The column.</param>
/// <param name="Place">The place in the column from 0: of a token, or of a number in an array; null for a
/// value.</param>
/// <param name="Value">The value, the token or the number.</param>
/// <param name="Attribution">What the part contributes to the output.</param>
public sealed record AttributionRow(int Row, object? Class, double Output, double Baseline, string Column,
    string? Place, object? Value, double Attribution);

/// <summary>The attribution of each pixel of an image.</summary>
/// <param name="Row">The number of the sample in the data, from 1.</param>
/// <param name="Class">The class whose output is explained; null for a number.</param>
/// <param name="Output">The output: the logit of the class, or a number in the label's unit.</param>
/// <param name="Baseline">The output of the baseline.</param>
/// <param name="Column">The column.</param>
/// <param name="Attribution">The sum over all pixels.</param>
/// <param name="Map">The attribution of each pixel, row by row from the top.</param>
public sealed record AttributionMap(int Row, object? Class, double Output, double Baseline, string Column,
    double Attribution, double[][] Map);
