using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DeepPS.Common;
using Microsoft.Win32.SafeHandles;

namespace DeepPS.Torch;

/// <summary>Loads TorchSharp's library on a Linux whose libstdc++ is older than the one it was linked with. The library
/// needs version GLIBCXX_3.4.32 (GCC 13; Debian 12 and Ubuntu 22.04 have 3.4.30), and the dynamic linker rejects it.
/// The only symbol of that version is <c>std::ios_base_library_init</c>, a marker that nothing calls. So a copy in
/// memory is marked that this version may be missing (the flag VER_FLG_WEAK of its entry in .gnu.version_r), and that
/// copy is loaded. No file changes.</summary>
internal static partial class OlderRuntime
{
    /// <summary>The version that may be missing.</summary>
    internal const string Version = "GLIBCXX_3.4.32";

    private const ushort MayBeMissing = 2;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint CloseOnExec = 1;

    /// <summary>Whether loading failed because of that version.</summary>
    public static bool Lacks(Exception? error) =>
        error?.Message.Contains($"{Version}' not found", StringComparison.Ordinal) == true;

    /// <summary>Loads a library as if it did not need that version. Its dependencies must be loaded already.</summary>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>.</exception>
    public static nint Load(string path)
    {
        var image = File.ReadAllBytes(path);
        Weaken(image, Version);
        using var memory = new SafeFileHandle(memfd_create(Path.GetFileName(path), CloseOnExec), ownsHandle: true);
        if (memory.IsInvalid)
            throw new DlException("TorchNotAvailable", DlErrorKind.NotAvailable,
                $"{path} needs a newer libstdc++ ({Version}, GCC 13), and this system allows no library in memory "
                + $"(memfd_create: {Marshal.GetLastPInvokeErrorMessage()}). Install a newer libstdc++6.");
        using (var stream = new FileStream(memory, FileAccess.Write, bufferSize: 0))
        {
            stream.Write(image);
            return TorchLibraries.Open($"/proc/self/fd/{memory.DangerousGetHandle()}");
        }
    }

    /// <summary>Marks a version that a 64-bit ELF library needs as one that may be missing.</summary>
    /// <returns>Whether the library names that version.</returns>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>: this is no such library.</exception>
    internal static bool Weaken(Span<byte> image, string version)
    {
        try
        {
            return WeakenElf(image, version);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new DlException("TorchNotAvailable", DlErrorKind.NotAvailable,
                "TorchSharp's native library is not a whole 64-bit ELF library. Install DeepPS again.", null, e);
        }
    }

    /// <summary>The ELF header gives the section headers; the section of version needs is a list of libraries, each
    /// with a list of versions. Layouts: System V ABI, ELF-64; Linux Standard Base, "Symbol Versioning".</summary>
    private static bool WeakenElf(Span<byte> image, string version)
    {
        if (!image.StartsWith("\u007fELF"u8) || image[4] != 2)
            throw new ArgumentOutOfRangeException(nameof(image));
        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(image[0x28..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3a..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(image[0x3c..]);
        for (var i = 0; i < count; i++)
        {
            var section = image[(sections + i * size)..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != VersionNeeds)
                continue;
            var names = image[(sections + BinaryPrimitives.ReadInt32LittleEndian(section[0x28..]) * size)..];
            return WeakenNeed(image, Offset(section), image[Offset(names)..], version);
        }

        return false;
    }

    private static bool WeakenNeed(Span<byte> image, int library, ReadOnlySpan<byte> names, string version)
    {
        for (var step = -1; step != 0; library += step)
        {
            var entry = library + BinaryPrimitives.ReadInt32LittleEndian(image[(library + 8)..]);
            for (var left = BinaryPrimitives.ReadUInt16LittleEndian(image[(library + 2)..]); left > 0; left--)
            {
                var name = names[BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 8)..])..];
                if (System.Text.Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == version)
                {
                    var flags = BinaryPrimitives.ReadUInt16LittleEndian(image[(entry + 4)..]);
                    BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], (ushort)(flags | MayBeMissing));
                    return true;
                }

                entry += BinaryPrimitives.ReadInt32LittleEndian(image[(entry + 12)..]);
            }

            step = BinaryPrimitives.ReadInt32LittleEndian(image[(library + 12)..]);
        }

        return false;
    }

    private static int Offset(ReadOnlySpan<byte> section) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(section[0x18..]);

    [LibraryImport("libc.so.6", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);
}
