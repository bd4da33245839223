using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TorchSharp;

/// <summary>
/// Loads the shim, and libtorch with it, at the first native call. What went wrong is said each time it is asked for,
/// in one form: looked for what, where, and what to do.
/// </summary>
internal static class Loader
{
    internal const string ShimFile = "libDeepPSTorch.so";
    internal const string Variable = "DEEPPS_LIBTORCH";
    private const string Install =
        $"Install it (apt-get install libtorch-dev libopenblas0-pthread), or set {Variable} to a libtorch or PyTorch " +
        "folder, and build DeepPS again; or build it with -p:TorchProvider=nuget, which brings its own.";

    private static readonly Lazy<Outcome> Loaded = new(() => Load(
        Folder(), Environment.GetEnvironmentVariable(Variable),
        Metadata("LibtorchVersion"), Metadata("LibtorchLibraries")));

    /// <summary>Either the shim's handle or why there is none.</summary>
    internal readonly record struct Outcome(nint Handle, string? Error);

    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "DeepPSTorch") return 0;
        var outcome = Loaded.Value;
        return outcome.Error is null ? outcome.Handle : throw new DllNotFoundException(outcome.Error);
    }

    /// <summary>Loads the shim in <paramref name="folder"/>; never throws.</summary>
    internal static Outcome Load(string folder, string? given, string? builtVersion, string? builtLibraries)
    {
        if (!OperatingSystem.IsLinux())
            return new(
                0,
                "This build of DeepPS uses a libtorch of a Linux machine. Build it with -p:TorchProvider=nuget here.");
        var shim = Path.Combine(folder, ShimFile);
        if (!File.Exists(shim))
            return new(
                0,
                $"{ShimFile} was looked for beside TorchSharp.dll, in {folder}, and is not there. Build DeepPS again.");
        if (Libraries(given, builtVersion, builtLibraries, out var libraries) is { } error) return new(0, error);
        try
        {
            Preload(libraries);
            var handle = NativeLibrary.Load(shim);
            LoadCuda(handle, libraries);
            return new(handle, null);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            var reason = e.Message.ReplaceLineEndings(" ").Trim();
            var place = libraries ?? "the system's library folders";
            return new(0, $"libtorch {builtVersion} did not load from {place}: {reason} {Install}");
        }
    }

    /// <summary>The folder of libtorch's libraries; the answer is an error's text, or null.</summary>
    internal static string? Libraries(
        string? given, string? builtVersion, string? builtLibraries, out string? libraries)
    {
        libraries = Directory.Exists(builtLibraries) ? builtLibraries : null;
        if (string.IsNullOrWhiteSpace(given)) return null;
        var lib = Path.Combine(given, "lib");
        if (!File.Exists(Path.Combine(lib, "libtorch_cpu.so")))
        {
            return $"{Variable} is '{given}', which is no libtorch: lib/libtorch_cpu.so was looked for in it. " +
                "Point it to a libtorch folder or to a PyTorch installation (.../site-packages/torch), or unset it.";
        }

        if (Version(given) is { } version && builtVersion is not null && version != builtVersion)
        {
            return $"{Variable} is '{given}', which is libtorch {version}; DeepPS was built for {builtVersion}. " +
                $"Build DeepPS again with {Variable} set to it, or unset it.";
        }

        libraries = lib;
        return null;
    }

    private static string? Version(string libtorch)
    {
        // The numbers are in the first of these that there is; the second includes it in newer releases.
        string[] headers = ["torch/headeronly/version.h", "torch/csrc/api/include/torch/version.h"];
        var header = headers.Select(h => Path.Combine(libtorch, "include", h)).FirstOrDefault(File.Exists);
        if (header is null) return null;
        var text = File.ReadAllText(header);
        var (major, minor) = (Number(text, "MAJOR"), Number(text, "MINOR"));
        return major.Length > 0 && minor.Length > 0 ? $"{major}.{minor}" : null;
    }

    private static string Number(string text, string part) =>
        Regex.Match(text, $@"TORCH_VERSION_{part} (\d+)").Groups[1].Value;

    // Libraries found by the loader's own rules need no path. Those elsewhere are loaded in the order of their needs,
    // so that the shim's need of them is met by their names.
    private static void Preload(string? libraries)
    {
        if (libraries is null) return;
        foreach (var name in (ReadOnlySpan<string>)["libtorch_global_deps.so", "libc10.so", "libtorch_cpu.so"])
        {
            var path = Path.Combine(libraries, name);
            if (File.Exists(path)) NativeLibrary.Load(path);
        }
    }

    private static unsafe void LoadCuda(nint shim, string? libraries)
    {
        if (libraries is null) return;
        var path = Path.Combine(libraries, "libtorch_cuda.so");
        if (!File.Exists(path)) return;
        var load = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(shim, "dp_load_cuda");
        var text = Marshal.StringToCoTaskMemUTF8(path);
        load(text);
        Marshal.FreeCoTaskMem(text);
    }

    private static string Folder() =>
        Path.GetDirectoryName(typeof(Loader).Assembly.Location) is { Length: > 0 } folder
            ? folder
            : AppContext.BaseDirectory;

    private static string? Metadata(string key) =>
        typeof(Loader).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == key)?.Value is { Length: > 0 } value ? value : null;
}
