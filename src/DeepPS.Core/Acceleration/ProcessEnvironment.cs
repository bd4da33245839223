using System.Runtime.InteropServices;

namespace DeepPS;

/// <summary>The environment that native libraries read, of which .NET keeps a copy of its own.</summary>
internal static partial class ProcessEnvironment
{
    /// <summary>Sets a variable for libraries that are loaded afterwards. What the user has set stays.</summary>
    public static void Default(string name, string value)
    {
        if (OperatingSystem.IsLinux())
            setenv(name, value, overwrite: 0);
    }

    [LibraryImport("libc.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
