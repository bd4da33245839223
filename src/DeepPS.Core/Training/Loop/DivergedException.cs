using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>The loss or a parameter is no longer finite. The network has its last good parameters again.</summary>
/// <param name="id"><c>LossNotFinite</c> or <c>WeightsNotFinite</c>.</param>
/// <param name="message">The value that is not finite, its place, and the remedy.</param>
/// <param name="epoch">The epoch's number.</param>
public sealed class DivergedException(string id, string message, int epoch)
    : DlException(id, DlErrorKind.NumericFailure, message, epoch);
