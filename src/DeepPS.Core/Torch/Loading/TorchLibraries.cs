using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Finds and loads torch's native libraries. TorchSharp does this in the type initializer of <c>torch</c>,
/// which on failure prints a page to the console and never tries again. So they are loaded here first, from full
/// paths.</summary>
internal static partial class TorchLibraries
{
    private const string ErrorId = "TorchNotAvailable";

    /// <summary>The platforms of TorchSharp and libtorch packages.</summary>
    private static readonly string[] Platforms = ["linux-x64", "win-x64", "osx-arm64"];

    private static readonly string Cpu = FileName("torch_cpu");
    private static readonly string All = FileName("torch");
    private static readonly string Shim = FileName("LibTorchSharp");
    private static readonly Lock Gate = new();
    private static nint cpu;

    /// <summary>The folder of the loaded libraries; null before <see cref="Load"/>.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Whether the libraries are a CUDA build.</summary>
    public static bool HasCuda => Folder is not null && File.Exists(Path.Combine(Folder, FileName("torch_cuda")));

    /// <summary>The platform of this process, as NuGet names it: <c>linux-x64</c>.</summary>
    private static string Platform =>
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Loads the libraries if not loaded yet. A call after a failure tries again.</summary>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>, with the places searched and the remedy.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (Folder is not null)
                return;
            var folder = Find(Candidates());
            cpu = Open(Path.Combine(folder, Cpu));
            Open(Path.Combine(folder, All));
            OpenShim(Path.Combine(folder, Shim));
            Folder = folder;
        }
    }

    /// <summary>The address of a function exported by libtorch; 0 if there is none.</summary>
    public static nint Export(string name)
    {
        Load();
        return NativeLibrary.TryGetExport(cpu, name, out var address) ? address : 0;
    }

    /// <summary>The first of some folders that holds the libraries.</summary>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>: none does.</exception>
    internal static string Find(IReadOnlyCollection<string> folders)
    {
        if (folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, Cpu))
            && File.Exists(Path.Combine(folder, Shim))) is { } found)
            return found;
        var places = string.Join(", ", folders);
        throw Error(Platforms.Contains(Platform)
            ? $"Torch's native libraries {Cpu} and {Shim} were not found in {places}. Install DeepPS again, or build "
                + $"it for {Platform}: run ./build.sh build (or ./build.ps1) in a clone on this machine."
            : $"Torch's native libraries exist for {string.Join(", ", Platforms)}; this process is {Platform}. Run "
                + "DeepPS on one of those.");
    }

    /// <summary>Loads one library from its file.</summary>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>: it cannot be loaded; the message says why and what to
    /// do.</exception>
    internal static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Error($"Torch's native library {path} cannot be loaded: {Remedy(e.Message)}", e);
        }
    }

    private static void OpenShim(string path)
    {
        try
        {
            Open(path);
        }
        catch (DlException e) when (OperatingSystem.IsLinux() && OlderRuntime.Lacks(e.InnerException))
        {
            OlderRuntime.Load(path);
        }
    }

    /// <summary>The folders of this assembly, of the program and of the runtime's search path, each flat or in the
    /// layout of a package.</summary>
    private static List<string> Candidates()
    {
        var searched = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator);
        string[] folders = [Path.GetDirectoryName(typeof(TorchLibraries).Assembly.Location) ?? "",
            AppContext.BaseDirectory, .. searched];
        return folders.Where(folder => folder.Length > 0).Select(Path.TrimEndingDirectorySeparator)
            .SelectMany(folder => new[] { folder, Path.Combine(folder, "runtimes", Platform, "native") })
            .Where(Directory.Exists).Distinct().ToList();
    }

    private static string Remedy(string message)
    {
        if (OperatingSystem.IsWindows())
            return NativeLibrary.TryLoad("vcruntime140_1.dll", out _) && NativeLibrary.TryLoad("msvcp140.dll", out _)
                ? $"{message} A library that it needs is missing or damaged; install DeepPS again."
                : "the Microsoft Visual C++ runtime is missing. Install it from "
                    + "https://aka.ms/vs/17/release/vc_redist.x64.exe.";
        return MissingVersion().Match(message) is { Success: true } match
            ? $"it needs {match.Groups[1].Value}; the C or C++ library of this system is older. DeepPS needs glibc "
                + "2.34 and the libstdc++ of GCC 12 or later: Debian 12, Ubuntu 22.04, RHEL 9 with its newer "
                + "libstdc++, or later."
            : $"{message} It is damaged, or a library that it needs is missing; install DeepPS again.";
    }

    private static string FileName(string library) => OperatingSystem.IsWindows() ? $"{library}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static DlException Error(string message, Exception? inner = null) =>
        new(ErrorId, DlErrorKind.NotAvailable, message, null, inner);

    [GeneratedRegex(@"version [`']((?:GLIBC|GLIBCXX|CXXABI|GCC)_[\d.]+)' not found")]
    private static partial Regex MissingVersion();
}
