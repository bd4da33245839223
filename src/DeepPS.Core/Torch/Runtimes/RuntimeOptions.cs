namespace DeepPS.Torch;

/// <summary>How a runtime is installed.</summary>
public sealed record RuntimeOptions
{
    /// <summary>The device: <c>cpu</c>, or <c>cuda</c> for NVIDIA cards.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The folder of runtimes. Default: that of <see cref="RuntimeFolder.Root"/>.</summary>
    public string Root { get; init; } = RuntimeFolder.Root;

    /// <summary>A folder of packages, the address of a NuGet feed, or the name of a source in NuGet.Config. Default:
    /// the enabled sources of NuGet.Config.</summary>
    public string? Source { get; init; }

    /// <summary>The folder at which the search for NuGet.Config begins. Default: the current one.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Whether an installed runtime is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Receives messages about decisions.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>The package with the libraries, instead of the pinned one.</summary>
    internal RuntimePackage? Package { get; init; }

    /// <summary>The file of TorchSharp's library, instead of the module's.</summary>
    internal string? Shim { get; init; }

    /// <summary>The free bytes on the disk of a folder.</summary>
    internal Func<string, long> FreeSpace { get; init; } = RuntimeErrors.FreeSpace;
}
