using System.Runtime.InteropServices;

namespace DeepPS.Torch;

/// <summary>The environment of the C library, which native libraries read. .NET on Linux and macOS has a separate
/// copy.</summary>
internal static partial class ProcessEnvironment
{
    /// <summary>Sets a variable for libraries that are loaded later. A value set by the user stays.</summary>
    public static void Default(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null)
            return;
        if (OperatingSystem.IsWindows())
            PutWindows(name, value);
        else if (OperatingSystem.IsMacOS())
            SetMac(name, value, overwrite: 0);
        else
            SetLinux(name, value, overwrite: 0);
    }

    /// <summary>The value that native code reads; null if not set.</summary>
    internal static string? Native(string name) => Marshal.PtrToStringUTF8(
        OperatingSystem.IsWindows() ? GetWindows(name) : OperatingSystem.IsMacOS() ? GetMac(name) : GetLinux(name));

    /// <summary>The universal C runtime has an environment besides that of the Win32 API; this sets both.</summary>
    [LibraryImport("ucrtbase.dll", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutWindows(string name, string value);

    [LibraryImport("ucrtbase.dll", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetWindows(string name);

    [LibraryImport("libSystem.dylib", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetMac(string name, string value, int overwrite);

    [LibraryImport("libSystem.dylib", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetMac(string name);

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetLinux(string name, string value, int overwrite);

    [LibraryImport("libc.so.6", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetLinux(string name);
}
