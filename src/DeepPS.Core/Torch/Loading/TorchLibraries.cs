using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using DeepPS.Common;
using TorchSharp;

namespace DeepPS.Torch;

/// <summary>Finds and loads torch's native libraries. TorchSharp does this in the type initializer of <c>torch</c>,
/// which on failure prints a page to the console and never tries again. So they are loaded here first, from full
/// paths.</summary>
internal static partial class TorchLibraries
{
    private const string ErrorId = "TorchNotAvailable";

    private static readonly string Cpu = TorchPlatform.FileName("torch_cpu");
    private static readonly string Cuda = TorchPlatform.FileName("torch_cuda");
    private static readonly string All = TorchPlatform.FileName("torch");
    private static readonly string Shim = TorchPlatform.FileName("LibTorchSharp");
    private static readonly Lock Gate = new();
    private static nint cpu;
    private static nint shim;

    /// <summary>The folder of the loaded libraries; null before <see cref="Load"/>.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Whether the libraries are a CUDA build.</summary>
    public static bool HasCuda => Folder is not null && File.Exists(Path.Combine(Folder, Cuda));

    /// <summary>Loads the libraries if not loaded yet. A call after a failure tries again.</summary>
    /// <exception cref="DlException"><c>RuntimeMissing</c>: they are not installed, with the places searched and the
    /// remedy; <c>TorchNotAvailable</c>: they cannot be loaded, or do not exist for this platform.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (Folder is not null)
                return;
            var folder = Find([.. ModuleFolders().Concat(RuntimeFolder.Candidates()).Distinct()]);
            cpu = Open(Path.Combine(folder, Cpu));
            OpenCuda(folder);
            Open(Path.Combine(folder, All));
            shim = OpenShim(Path.Combine(folder, Shim));
            Folder = folder;
            AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += (_, name) =>
                name == "LibTorchSharp" ? shim : 0;
        }
    }

    /// <summary>The address of a function exported by libtorch; 0 if there is none.</summary>
    public static nint Export(string name)
    {
        Load();
        return NativeLibrary.TryGetExport(cpu, name, out var address) ? address : 0;
    }

    /// <summary>The first of some folders that holds the libraries.</summary>
    /// <exception cref="DlException"><c>RuntimeMissing</c>: none does; <c>TorchNotAvailable</c>: none can, on this
    /// platform.</exception>
    internal static string Find(IReadOnlyCollection<string> folders)
    {
        if (folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, Cpu))
            && File.Exists(Path.Combine(folder, Shim))) is { } found)
            return found;
        if (!TorchPlatform.IsSupported)
            throw Error($"Torch's native libraries exist for {string.Join(", ", TorchPlatform.Supported)}; this "
                + $"process is {TorchPlatform.Current}. Run DeepPS on one of those.");
        throw new DlException("RuntimeMissing", DlErrorKind.NotAvailable,
            $"libtorch is not installed: {Cpu} and {Shim} are neither in {folders.FirstOrDefault()} nor "
            + $"in {RuntimeFolder.Root}. Run Install-DlRuntime to download it, or Install-DlRuntime -Source FOLDER "
            + "without a network.");
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

    /// <summary>Loads the libraries of a CUDA build. On Windows they find each other by name only when loaded
    /// already.</summary>
    private static void OpenCuda(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Cuda)))
            return;
        if (OperatingSystem.IsWindows())
            foreach (var path in Directory.GetFiles(folder, "*.dll").Where(path => NvidiaLibrary().IsMatch(path)))
                NativeLibrary.TryLoad(path, out _);
        Open(Path.Combine(folder, Cuda));
    }

    private static nint OpenShim(string path)
    {
        try
        {
            return Open(path);
        }
        catch (DlException e) when (OperatingSystem.IsLinux() && OlderRuntime.Lacks(e.InnerException))
        {
            return OlderRuntime.Load(path);
        }
    }

    /// <summary>The folders of this assembly, of the program and of the runtime's search path, each flat or in the
    /// layout of a package.</summary>
    internal static IEnumerable<string> ModuleFolders()
    {
        var searched = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator);
        string[] folders = [
            TorchPlatform.Home(Path.GetDirectoryName(typeof(TorchLibraries).Assembly.Location) ?? ""),
            AppContext.BaseDirectory, .. searched];
        return folders.Where(folder => folder.Length > 0).Select(Path.TrimEndingDirectorySeparator)
            .SelectMany(TorchPlatform.Layouts).Where(Directory.Exists);
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

    private static DlException Error(string message, Exception? inner = null) =>
        new(ErrorId, DlErrorKind.NotAvailable, message, null, inner);

    [GeneratedRegex(@"[\\/](cu|nv|caffe2_nvrtc|zlibwapi)[^\\/]*$", RegexOptions.IgnoreCase)]
    private static partial Regex NvidiaLibrary();

    [GeneratedRegex(@"version [`']((?:GLIBC|GLIBCXX|CXXABI|GCC)_[\d.]+)' not found")]
    private static partial Regex MissingVersion();
}
