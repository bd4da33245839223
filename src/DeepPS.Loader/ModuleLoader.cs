using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace DeepPS.Loader;

/// <summary>
/// Loads the module's assemblies into a context of their own, so that the versions of its dependencies never clash with
/// those of PowerShell or of another module. There is one such context in a process: every import in every runspace gets
/// the same assemblies, and so the same types.
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
    /// <param name="folder">The folder of assemblies that the importing module expects.</param>
    /// <exception cref="InvalidOperationException">Another copy of DeepPS is loaded in this process.</exception>
    public static Assembly[] Load(string folder) =>
        string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), Folder,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? Loaded.Value
            : throw new InvalidOperationException(
                $"DeepPS is already loaded from {Folder}; a process can load one copy. Open a new session to import the one in {folder}.");

    private static Assembly[] LoadAssemblies()
    {
        var loader = new ModuleLoader();
        return [loader.LoadFromAssemblyPath(Main), loader.LoadFromAssemblyPath(Path.Combine(Folder, "DeepPS.Core.dll"))];
    }

    /// <summary>What lies beside the module is the module's; all else is the framework's or PowerShell's.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>
    /// A native library beside the module, if it loads. One that does not is left to the runtime, which finds it by its name
    /// where it is loaded already: DeepPS may have loaded it in a form that this system accepts.
    /// </summary>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.Value.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path && NativeLibrary.TryLoad(path, out var library) ? library : 0;
}
