using System.Runtime.InteropServices;
using DeepPS.Common;

namespace DeepPS.Inference;

/// <summary>Computes gradients of a model that a training may change at the same time: torch refuses a gradient whose
/// weights have changed since the forward pass, and then it is computed again.</summary>
internal static class Undisturbed
{
    private const int Attempts = 20;

    /// <summary>Torch's words for a tensor that was changed between the forward and the backward pass.</summary>
    private const string Changed = "modified by an inplace operation";

    /// <summary>The result of a computation with forward and backward pass.</summary>
    /// <exception cref="DlException"><c>ModelInTraining</c>: the weights changed in each attempt.</exception>
    public static T Run<T>(Func<T> compute)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return compute();
            }
            catch (ExternalException e) when (e.Message.Contains(Changed, StringComparison.Ordinal))
            {
                if (attempt == Attempts)
                    throw new DlException("ModelInTraining", DlErrorKind.InvalidOperation,
                        "The gradient cannot be computed, since a training changes the model's weights at the same "
                        + "time. Wait for it to end.", null, e);
            }
    }
}
