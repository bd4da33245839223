using System.Reflection;
using System.Runtime.InteropServices;

namespace System.Runtime.Loader;

/// <summary>The load context of the module's assemblies, whose types PowerShell finds by their names.</summary>
/// <remarks>
/// PowerShell looks for a type such as <c>[DeepPS.Models.Model]</c> in the assemblies that it imported, in the default
/// context, and in the contexts whose class has this full name: that of the runtime's internal class for
/// <see cref="Assembly.LoadFile(string)"/> (PowerShell 7, ClrFacade.GetPSVisibleAssemblies). Importing DeepPS.Core with
/// <c>Import-Module -Assembly</c> would do too, but PowerShell would then read each of its types in search of cmdlets:
/// a tenth of the time of an import.
/// <para>A built module has the files of one platform in its folder. A packed one has those of all platforms:
/// assemblies compiled ahead of time in <c>runtimes/PLATFORM/lib</c>, native libraries in
/// <c>runtimes/PLATFORM/native</c>, and assemblies for any platform in the folder itself.</para>
/// </remarks>
internal sealed class IndividualAssemblyLoadContext : AssemblyLoadContext
{
    /// <summary>DeepPS.Core loads these from the runtime that it finds.</summary>
    private static readonly string[] TorchLibraries = ["LibTorchSharp", "torch_cpu", "torch_cuda"];

    private readonly string folder;
    private readonly string platform;

    /// <param name="folder">The full path of the folder of the module's assemblies.</param>
    public IndividualAssemblyLoadContext(string folder) : base("DeepPS")
    {
        this.folder = folder;
        platform = Path.Combine(folder, "runtimes",
            (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
            + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
    }

    /// <summary>Loads the assemblies in the module's folder; others are the framework's or PowerShell's.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = assemblyName.Name + ".dll";
        var path = Path.Combine(platform, "lib", file);
        if (!File.Exists(path) && !File.Exists(path = Path.Combine(folder, file)))
            return null;
        return LoadFromAssemblyPath(path);
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
        var paths = new[] { folder, Path.Combine(platform, "native") }
            .SelectMany(folder => new[] { Path.Combine(folder, file), Path.Combine(folder, unmanagedDllName) });
        foreach (var path in paths.Where(File.Exists))
            if (NativeLibrary.TryLoad(path, out var library))
                return library;
        return 0;
    }
}
