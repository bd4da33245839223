using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// The loss, a parameter or an average of the optimizer is no longer finite. The network has its last good parameters
/// again when the training reports it.
/// </summary>
/// <param name="id"><c>LossNotFinite</c>, <c>WeightsNotFinite</c> or <c>FactorsNotFinite</c>.</param>
/// <param name="message">The value that is not finite, its place, and the remedy.</param>
/// <param name="target">The epoch's number, or the parameter's name.</param>
public sealed class DivergedException(string id, string message, object target)
    : DlException(id, DlErrorKind.NumericFailure, message, target);
