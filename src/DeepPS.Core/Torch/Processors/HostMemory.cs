using System.Runtime.InteropServices;

namespace DeepPS.Torch;

/// <summary>How the C library keeps the memory that torch frees between steps. By default GNU's returns large blocks to
/// the kernel and gets new, cleared pages for the next step, which takes a tenth of a step of a small
/// network.</summary>
internal static partial class HostMemory
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    /// <summary>The largest block allocated from the library's own heaps.</summary>
    private const int LargestBlock = 32 << 20;

    /// <summary>The most free memory at the end of a heap.</summary>
    private const int LargestRest = 256 << 20;

    /// <summary>Keeps freed memory for the next step, unless the user has set the library's own variables.</summary>
    public static void KeepBetweenSteps()
    {
        if (!OperatingSystem.IsLinux() || Set("MALLOC_TRIM_THRESHOLD_") || Set("MALLOC_MMAP_THRESHOLD_")
            || Set("GLIBC_TUNABLES"))
            return;
        mallopt(MapThreshold, LargestBlock);
        mallopt(TrimThreshold, LargestRest);
    }

    /// <summary>Returns free memory of all threads to the kernel, for use after large tensors are freed.</summary>
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
