using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Torch has no operator for what a precision or determinism asks of it.</summary>
/// <param name="id"><c>PrecisionNotSupported</c> or <c>DeterministicNotSupported</c>.</param>
/// <param name="message">The layer, the operator and the remedy.</param>
/// <param name="target">The layer, where it is known.</param>
/// <param name="inner">Torch's own error.</param>
public sealed class TorchRefusedException(string id, string message, object? target, Exception inner)
    : DlException(id, DlErrorKind.NotAvailable, message, target, inner);
