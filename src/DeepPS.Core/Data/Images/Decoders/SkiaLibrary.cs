using DeepPS.Common;
using SkiaSharp;

namespace DeepPS.Data;

/// <summary>Skia's native library, which reads and draws pictures.</summary>
internal static class SkiaLibrary
{
    private static readonly Lazy<Exception?> Failure = new(Load);

    /// <summary>Loads the library where it is not loaded yet.</summary>
    /// <exception cref="DlException"><c>ImageLibraryNotFound</c>: it is missing, or not for this machine.</exception>
    public static void Ensure()
    {
        if (Failure.Value is { } failure)
            throw new ImageLibraryException(
                "Skia's library libSkiaSharp, which reads and draws pictures, cannot be loaded: "
                + $"{failure.GetBaseException().Message.Split('\n')[0].Trim()} "
                + "Install the DeepPS package for this platform.", failure);
    }

    private static Exception? Load()
    {
        try
        {
            SkiaSharpVersion.CheckNativeLibraryCompatible(throwIfIncompatible: true);
            return null;
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or BadImageFormatException
            or EntryPointNotFoundException or InvalidOperationException)
        {
            return e;
        }
    }
}
