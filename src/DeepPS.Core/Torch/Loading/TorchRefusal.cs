using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace DeepPS.Torch;

/// <summary>Translates torch's error for an operator without the requested precision or determinism to one that names
/// the layer, the operator and the remedy.</summary>
internal static partial class TorchRefusal
{
    private const string Precision = "PrecisionNotSupported";
    private const string Determinism = "DeterministicNotSupported";

    /// <summary>The translated error; null for other errors.</summary>
    /// <param name="error">Torch's error.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="where">The computation, in words.</param>
    /// <param name="target">The target of the error.</param>
    public static TorchRefusedException? Of(
        ExternalException error, TrainingPrecision precision, string where, object? target)
    {
        var text = error.Message.Split('\n')[0];
        if (NotDeterministic().Match(text) is { Success: true } operation)
            return new TorchRefusedException(Determinism,
                $"{where} needs torch's operator {operation.Groups[1].Value}, which is not "
                + "deterministic on this device. Train without -Deterministic, on another device, or with another "
                + "layer or loss.", target, error);
        if (text.Contains(DeterministicMode.CublasVariable, StringComparison.Ordinal))
            return new TorchRefusedException(Determinism,
                $"{where} needs deterministic matrix products, and CUDA has been used in this process without "
                + "them. Use -Deterministic in a new session, or set the environment variable "
                + $"{DeterministicMode.CublasVariable} to {DeterministicMode.CublasWorkspace} before it.", target,
                error);
        if (precision == TrainingPrecision.Float32 || !LacksNumbers().IsMatch(text))
            return null;
        var missing = Operator().Match(text) is { Success: true } match
            ? $"torch's operator {match.Groups[1].Value} has no bfloat16 on this device"
            : $"torch says: {text}";
        return new TorchRefusedException(Precision,
            $"{where} cannot be computed with -Precision {precision}: {missing}. "
            + "The model keeps its parameters. Use -Precision Float32, or another layer in its place.", target, error);
    }

    [GeneratedRegex("^(\\S+) does not have a deterministic implementation")]
    private static partial Regex NotDeterministic();

    [GeneratedRegex("BFloat16|CUBLAS_STATUS_(NOT_SUPPORTED|ARCH_MISMATCH)", RegexOptions.IgnoreCase)]
    private static partial Regex LacksNumbers();

    [GeneratedRegex("\"?([^\"\\s]+)\"? not implemented for '?BFloat16", RegexOptions.IgnoreCase)]
    private static partial Regex Operator();
}
