using System.Reflection;
using System.Runtime.Loader;

namespace DeepPS.Loader;

/// <summary>
/// Loads the module's assemblies into a context of their own, so that the versions of its dependencies never clash with
/// those of PowerShell or of another module. A process has one such context: every import in every runspace gets the
/// same assemblies and so the same types.
/// </summary>
/// <remarks>This assembly is not compiled ahead of time, so what an import runs of it is short.</remarks>
public static class ModuleLoader
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;
    private static readonly IndividualAssemblyLoadContext Context = new(Folder);

    /// <summary>The assembly of the cmdlets, for <c>Import-Module -Assembly</c>.</summary>
    /// <param name="folder">The folder from which the importing module expects its assemblies.</param>
    /// <exception cref="InvalidOperationException">Another copy of DeepPS is loaded in this process.</exception>
    public static Assembly Load(string folder) =>
        string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), Folder,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? Context.LoadFromAssemblyName(new AssemblyName("DeepPS"))
            : throw new InvalidOperationException(
                $"DeepPS is already loaded from {Folder}, and a process can load one copy. To import the one in "
                + $"{folder}, open a new session.");
}
