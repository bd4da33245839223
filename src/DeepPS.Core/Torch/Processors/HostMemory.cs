using System.Runtime.InteropServices;

namespace DeepPS.Torch;

/// <summary>How the C library holds the memory that torch gives back between steps. By default GNU's returns large
/// blocks to the kernel at once and fetches new pages, all to be cleared, for the next step: a tenth of a step of a
/// small network.</summary>
internal static partial class HostMemory
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    /// <summary>The largest block that the library lets come from its own heaps.</summary>
    private const int LargestBlock = 32 << 20;

    /// <summary>How much may lie free at the end of a heap.</summary>
    private const int LargestRest = 256 << 20;

    /// <summary>Has memory kept for the next step. What the user has set by the library's own variables
    /// stays.</summary>
    public static void KeepBetweenSteps()
    {
        if (!OperatingSystem.IsLinux() || Set("MALLOC_TRIM_THRESHOLD_") || Set("MALLOC_MMAP_THRESHOLD_")
            || Set("GLIBC_TUNABLES"))
            return;
        mallopt(MapThreshold, LargestBlock);
        mallopt(TrimThreshold, LargestRest);
    }

    /// <summary>Gives back to the kernel what lies free between blocks in use, of all threads: after large tensors are
    /// gone for good.</summary>
    public static void GiveBack()
    {
        if (OperatingSystem.IsLinux())
            malloc_trim(0);
    }

    private static bool Set(string variable) => Environment.GetEnvironmentVariable(variable) is not null;

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);

    [LibraryImport("libc.so.6")]
    private static partial int malloc_trim(nuint rest);
}
