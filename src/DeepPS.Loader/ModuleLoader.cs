using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace DeepPS.Loader;

/// <summary>
/// Loads the module's assemblies into a context of their own, so that the versions of its dependencies never clash with
/// those of PowerShell or of another module. A process has one such context: every import in every runspace gets the
/// same assemblies and so the same types.
/// </summary>
public sealed class ModuleLoader : AssemblyLoadContext
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;
    private static readonly string Main = Path.Combine(Folder, "DeepPS.dll");
    private static readonly Lazy<Assembly[]> Loaded = new(LoadAssemblies);

    private readonly Lazy<AssemblyDependencyResolver> resolver = new(() => new AssemblyDependencyResolver(Main));

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
        var core = Path.Combine(Folder, "DeepPS.Core.dll");
        return [loader.LoadFromAssemblyPath(Main), loader.LoadFromAssemblyPath(core)];
    }

    /// <summary>Loads the assemblies in the module's folder; others are the framework's or PowerShell's.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>
    /// Loads a native library from the module's folder. If that fails, the runtime looks for one with this name that is
    /// already loaded: DeepPS may have loaded a copy in a form that this system accepts.
    /// </summary>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.Value.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
        && NativeLibrary.TryLoad(path, out var library) ? library : 0;
}
