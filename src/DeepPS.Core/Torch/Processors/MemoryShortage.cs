using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace DeepPS.Torch;

/// <summary>Recognizes out-of-memory errors of torch and the runtime.</summary>
public static partial class MemoryShortage
{
    /// <summary>Of torch's CUDA allocator, of CUDA's own libraries, of torch's CPU allocator (on Linux, on Windows), of
    /// C++, and for sizes that no machine has.</summary>
    private static readonly string[] Words =
    [
        "CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED",
        "DefaultCPUAllocator: can't allocate memory", "DefaultCPUAllocator: not enough memory", "bad_alloc",
        "Storage size calculation overflowed",
    ];

    /// <summary>Whether an error means out of memory.</summary>
    public static bool Is(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            if (cause is OutOfMemoryException
                || (cause is ExternalException
                    && Words.Any(words => cause.Message.Contains(words, StringComparison.Ordinal))))
                return true;
        return false;
    }

    /// <summary>The last requested size, in words: <c> (327680000 bytes were asked for at last)</c>; empty if
    /// unknown.</summary>
    public static string Asked(Exception error) => Amount().Match(error.Message) is { Success: true } amount
        ? $" ({amount.Groups[1].Value} were asked for at last)" : "";

    [GeneratedRegex(@"[Tt]ried to allocate ([\d.]+ \w+)")]
    private static partial Regex Amount();
}
