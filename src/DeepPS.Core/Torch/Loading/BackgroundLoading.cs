using System.IO.Compression;
using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Loads torch in the background, so it is loaded when it is needed.</summary>
/// <remarks>While the system loads a library, no other thread can load one, look up a function of one, or start a
/// thread (glibc's dl_load_lock and dl_load_tls_lock; the loader lock of Windows), and .NET looks up a native function
/// at its first call. Loading torch takes one to two tenths of a second, in which a script makes a model and reads its
/// data. So the functions that read files are called once before.</remarks>
public static class BackgroundLoading
{
    private static int began;

    /// <summary>Whether it has begun.</summary>
    public static bool HasBegun => Volatile.Read(ref began) != 0;

    /// <summary>Starts to load torch, once in a process. Errors are reported when torch is first needed.</summary>
    public static void Begin()
    {
        if (Interlocked.Exchange(ref began, 1) != 0)
            return;
        ThreadPool.QueueUserWorkItem(_ =>
        {
            try
            {
                LookUpFileFunctions();
                TorchRuntime.Ensure();
            }
            catch (Exception)
            {
                // An error on a thread of the pool would end the process. Ensure() reports it when torch is needed.
            }
        });
    }

    /// <summary>Calls what reading data calls: looks at a file, reads it, and decompresses a few bytes.</summary>
    private static void LookUpFileFunctions()
    {
        var some = new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles().First();
        _ = some.Attributes;
        _ = Path.Exists(some.FullName);
        using (var file = new FileStream(some.FullName, FileMode.Open, FileAccess.Read, SharedFile.Any, 1 << 12,
            FileOptions.SequentialScan))
        {
            file.ReadByte();
            file.Position = 0;
        }

        using var memory = new MemoryStream();
        // Two members, as a gzip file may have.
        for (var member = 0; member < 2; member++)
        {
            using var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true);
            zip.WriteByte(1);
        }

        memory.Position = 0;
        using var unzip = new GZipStream(memory, CompressionMode.Decompress);
        unzip.ReadExactly(new byte[2]);
    }
}
