using System.Runtime.InteropServices;

namespace DeepPS;

/// <summary>How libjpeg-turbo gives pixels: the numbers of its <c>TJPF</c>.</summary>
internal enum TurboPixels
{
    Rgb = 0,
    Grey = 6,
    Inks = 11,
}

/// <summary>
/// libjpeg-turbo's C API, TurboJPEG 2.0 and later. It is looked for when the first JPEG file is read. Its errors are return
/// values: what it does with setjmp stays inside of it.
/// </summary>
internal static unsafe class TurboJpeg
{
    private const int AccurateDct = 4096;

    /// <summary>Refuses progressive files of more than 500 scans, which take minutes (since 2.1; earlier versions pass it over).</summary>
    private const int LimitScans = 32768;

    /// <summary>
    /// What it says where all pixels were decoded nevertheless. After its other warnings, such as that the file ends early, some
    /// are made up.
    /// </summary>
    private static readonly string[] Harmless =
    [
        "extraneous bytes before marker", "unknown JFIF revision number", "Unknown Adobe color transform code", "bad ICC marker",
        "Invalid SOS parameters for sequential JPEG",
    ];

    private static readonly Lazy<Functions?> Library = new(Functions.Load);

    [ThreadStatic]
    private static Decompressor? decompressor;

    /// <summary>Decodes an image.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">The width that the image has, or 1/2, 1/4 or 1/8 of it, rounded up: it is scaled as it is decoded.</param>
    /// <param name="height">The height likewise.</param>
    /// <param name="format">What a pixel becomes.</param>
    /// <param name="pixels">Takes the pixels, row after row; it has room for all.</param>
    /// <exception cref="ImageFormatException">The file is damaged or cut short, or of a kind that the library does not read.</exception>
    /// <exception cref="DlException"><c>JpegDecoderNotFound</c>.</exception>
    public static void Decode(ReadOnlySpan<byte> file, int width, int height, TurboPixels format, Span<byte> pixels)
    {
        var functions = Library.Value ?? throw NotFound();
        var size = format switch { TurboPixels.Grey => 1, TurboPixels.Rgb => 3, _ => 4 };
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, (long)width * height * size);
        var handle = (decompressor ??= new Decompressor(functions)).Value;
        fixed (byte* from = file, to = pixels)
        {
            if (functions.Decompress(handle, from, new CULong((uint)file.Length), to, width, width * size, height, (int)format, AccurateDct | LimitScans) == 0)
                return;
        }

        var text = Marshal.PtrToStringUTF8((nint)functions.ErrorText(handle)) ?? "";
        if (!Harmless.Any(text.Contains))
            throw new ImageFormatException($"cannot be decoded ({text})");
    }

    private static DlException NotFound() => new("JpegDecoderNotFound", DlErrorKind.NotAvailable,
        "JPEG files are read by libjpeg-turbo 2.0 or later, which was not found. "
        + (OperatingSystem.IsWindows() ? "Install it from libjpeg-turbo.org, with the folder of its turbojpeg.dll on the PATH."
            : OperatingSystem.IsMacOS() ? "Install it: brew install jpeg-turbo."
            : "Install its library libturbojpeg.so.0; on Debian and Ubuntu: apt-get install libturbojpeg0 (or libturbojpeg)."));

    private sealed class Functions
    {
        private static readonly string[] Names = OperatingSystem.IsWindows()
            ? ["turbojpeg.dll", "libturbojpeg.dll", @"C:\libjpeg-turbo64\bin\turbojpeg.dll"]
            : OperatingSystem.IsMacOS()
                ? ["libturbojpeg.dylib", "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib"]
                : ["libturbojpeg.so.0", "libturbojpeg.so"];

        public readonly delegate* unmanaged<nint> Init;
        public readonly delegate* unmanaged<nint, int> Destroy;
        public readonly delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int> Decompress;
        public readonly delegate* unmanaged<nint, byte*> ErrorText;

        private Functions(nint library)
        {
            Init = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "tjInitDecompress");
            Destroy = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "tjDestroy");
            Decompress = (delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int>)NativeLibrary.GetExport(library, "tjDecompress2");
            ErrorText = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "tjGetErrorStr2");
        }

        public static Functions? Load()
        {
            foreach (var name in Names)
                if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "tjGetErrorStr2", out _))
                    return new Functions(library);
            return null;
        }
    }

    /// <summary>A thread's own decompressor, freed with the thread.</summary>
    private sealed class Decompressor(Functions functions)
    {
        public nint Value { get; } = functions.Init() is var handle and not 0 ? handle
            : throw new OutOfMemoryException("libjpeg-turbo could not be started");

        ~Decompressor() => functions.Destroy(Value);
    }
}
