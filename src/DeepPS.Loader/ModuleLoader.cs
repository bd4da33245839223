using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace DeepPS.Loader;

/// <summary>
/// Loads the module's assemblies into a context of their own, so that the versions of its dependencies never clash with
/// those of PowerShell or of another module. A process has one such context: every import in every runspace gets the
/// same assemblies and so the same types.
/// </summary>
/// <remarks>
/// A built module has the files of one platform in its folder. A packed one has those of all platforms: assemblies
/// compiled ahead of time in <c>runtimes/PLATFORM/lib</c>, native libraries in <c>runtimes/PLATFORM/native</c>, and
/// assemblies for any platform in the folder itself.
/// </remarks>
public sealed class ModuleLoader : AssemblyLoadContext
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;
    private static readonly string Platform = Path.Combine(Folder, "runtimes",
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
    private static readonly Lazy<Assembly[]> Loaded = new(LoadAssemblies);

    /// <summary>DeepPS.Core loads these from the runtime that it finds.</summary>
    private static readonly string[] TorchLibraries = ["LibTorchSharp", "torch_cpu", "torch_cuda"];

    private ModuleLoader() : base("DeepPS")
    {
    }

    /// <summary>
    /// The assemblies of the cmdlets and of the types that users name, for <c>Import-Module -Assembly</c>: PowerShell
    /// finds a type such as <c>[DeepPS.Model]</c> only in assemblies that it has imported.
    /// </summary>
    /// <param name="folder">The folder from which the importing module expects its assemblies.</param>
    /// <exception cref="InvalidOperationException">Another copy of DeepPS is loaded in this process.</exception>
    public static Assembly[] Load(string folder) =>
        string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), Folder,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? Loaded.Value
            : throw new InvalidOperationException(
                $"DeepPS is already loaded from {Folder}, and a process can load one copy. To import the one in "
                + $"{folder}, open a new session.");

    private static Assembly[] LoadAssemblies()
    {
        var loader = new ModuleLoader();
        return [loader.Find("DeepPS")!, loader.Find("DeepPS.Core")!];
    }

    /// <summary>Loads the assemblies in the module's folder; others are the framework's or PowerShell's.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) => Find(assemblyName.Name!);

    private Assembly? Find(string name)
    {
        var path = new[] { Path.Combine(Platform, "lib"), Folder }.Select(folder => Path.Combine(folder, name + ".dll"))
            .FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <summary>
    /// Loads a native library from the module's folder. If that fails, the runtime looks for one with this name that is
    /// already loaded: DeepPS may have loaded a copy in a form that this system accepts.
    /// </summary>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        if (TorchLibraries.Contains(unmanagedDllName))
            return 0;
        var file = OperatingSystem.IsWindows() ? $"{unmanagedDllName}.dll"
            : OperatingSystem.IsMacOS() ? $"lib{unmanagedDllName}.dylib" : $"lib{unmanagedDllName}.so";
        var paths = new[] { Folder, Path.Combine(Platform, "native") }
            .SelectMany(folder => new[] { Path.Combine(folder, file), Path.Combine(folder, unmanagedDllName) });
        foreach (var path in paths.Where(File.Exists))
            if (NativeLibrary.TryLoad(path, out var library))
                return library;
        return 0;
    }
}
