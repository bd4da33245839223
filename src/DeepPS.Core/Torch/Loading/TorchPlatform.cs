using System.Runtime.InteropServices;

namespace DeepPS.Torch;

/// <summary>The platform of this process, and its names of native libraries.</summary>
internal static class TorchPlatform
{
    /// <summary>The platforms of TorchSharp and libtorch packages.</summary>
    public static readonly string[] Supported = ["linux-x64", "win-x64", "osx-arm64"];

    /// <summary>The platform of this process, as NuGet names it: <c>linux-x64</c>.</summary>
    public static string Current { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Whether TorchSharp and libtorch exist for this platform.</summary>
    public static bool IsSupported => Supported.Contains(Current);

    /// <summary>The file name of a native library: <c>libtorch_cpu.so</c>.</summary>
    public static string FileName(string library) => OperatingSystem.IsWindows() ? $"{library}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>The folder of the module, given that of an assembly: a packed module has assemblies in
    /// <c>runtimes/PLATFORM/lib</c>.</summary>
    public static string Home(string folder) => folder.EndsWith(Path.Combine("runtimes", Current, "lib"),
        StringComparison.OrdinalIgnoreCase) ? Path.GetFullPath(Path.Combine(folder, "..", "..", "..")) : folder;

    /// <summary>A folder itself and the folder of this platform in it, in the layout of a package.</summary>
    public static string[] Layouts(string folder) => [folder, Path.Combine(folder, "runtimes", Current, "native")];
}
