using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>The loss or a parameter is no longer a finite number. The network has its last good parameters back.</summary>
/// <param name="id"><c>LossNotFinite</c> or <c>WeightsNotFinite</c>.</param>
/// <param name="message">What became what, and where.</param>
/// <param name="epoch">The epoch's number.</param>
public sealed class DivergedException(string id, string message, int epoch) : DlException(id, DlErrorKind.NumericFailure, message, epoch);
