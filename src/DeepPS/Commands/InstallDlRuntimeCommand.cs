using System.Diagnostics;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Torch;

namespace DeepPS.Commands;

/// <summary>Install libtorch, the engine that DeepPS computes with, for the CPU or for NVIDIA cards.</summary>
/// <remarks>
/// The pinned version is downloaded as a NuGet package, from the enabled sources of the user's NuGet.Config with their
/// credentials, or from -Source; its SHA-512 is checked, and its libraries are unpacked to a folder of the user:
/// deepps/runtime under XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support/DeepPS/runtime, or
/// %LOCALAPPDATA%\DeepPS\runtime. libtorch for the CPU is a download of 57 to 128 MB and takes 216 to 463 MB of disk,
/// that for CUDA several gigabytes. The packages for CUDA have no pinned SHA-512 yet: only the libraries that they
/// deliver in fragments are checked, and a warning says so. An interrupted call leaves nothing. Run it once for each
/// user and machine, or once with -Path for all users.
/// </remarks>
/// <example>
/// <code>Install-DlRuntime</code>
/// <para>Installs libtorch for the CPU.</para>
/// </example>
/// <example>
/// <code>Install-DlRuntime -Source D:\packages</code>
/// <para>Installs from a folder of .nupkg files, on a machine without a network.</para>
/// </example>
/// <example>
/// <code>Install-DlRuntime -Device cuda -Source our-feed</code>
/// <para>Installs libtorch for NVIDIA cards from the source our-feed of NuGet.Config.</para>
/// </example>
/// <example>
/// <code>Install-DlRuntime -Path C:\ProgramData\DeepPS
/// [Environment]::SetEnvironmentVariable('DEEPPS_RUNTIME', 'C:\ProgramData\DeepPS', 'Machine')</code>
/// <para>Installs for all users, and tells their sessions where.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Install, "DlRuntime", SupportsShouldProcess = true)]
[OutputType(typeof(InstalledRuntime))]
public sealed class InstallDlRuntimeCommand : WorkCmdlet
{
    /// <summary>The device: cpu, or cuda for NVIDIA cards on Windows and Linux. If both are installed, cuda is used.
    /// Its CPU part computes on machines without a card.</summary>
    [Parameter(Position = 0)]
    [ValidateSet("cpu", "cuda")]
    public string Device { get; set; } = "cpu";

    /// <summary>A folder of .nupkg files, the address of a NuGet feed, or the name of a source in NuGet.Config.
    /// Default: the enabled sources of NuGet.Config.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>The folder of runtimes to install to. Set the environment variable DEEPPS_RUNTIME to it, so that other
    /// sessions find it. Default: DEEPPS_RUNTIME if set, otherwise the user's data folder.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Downloads and replaces a runtime that is installed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => Device;

    /// <inheritdoc/>
    protected override void End()
    {
        var root = Path is null ? RuntimeFolder.Root : this.ResolveTarget(Path);
        Action<Action>? write = null;
        var installer = new RuntimeInstaller(new RuntimeOptions
        {
            Device = Device,
            Root = root,
            Source = Source is null ? null : Folder(Source),
            Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            Force = Force,
            Log = text => write?.Invoke(() => WriteVerbose(text)),
        });
        var runtime = installer.Present;
        if (runtime is null)
        {
            if (!ShouldProcess(root, $"Install {installer.Package.Id} {installer.Package.Version}"))
                return;
            var watch = Stopwatch.StartNew();
            Work((toPipeline, cancel) =>
                {
                    write = toPipeline;
                    runtime = installer.Install(cancel);
                },
                () => Progress(installer, watch.Elapsed));
        }
        else
            WriteVerbose($"libtorch {runtime.Version} is installed already. -Force replaces it.");

        if (runtime is { Verified: false })
            WriteWarning($"No SHA-512 is pinned for {installer.Package.Id} and its parts; only the libraries that come "
                + "in fragments were checked.");
        if (root != RuntimeFolder.Root)
        {
            Environment.SetEnvironmentVariable(RuntimeFolder.Variable, root);
            WriteWarning($"This session uses the runtime in '{root}'. For other sessions set the environment variable "
                + $"{RuntimeFolder.Variable} to this folder.");
        }

        WriteObject(runtime);
    }

    /// <summary>A source that is the path of a folder in the session; otherwise as it is.</summary>
    private string Folder(string source)
    {
        if (source.Contains("://", StringComparison.Ordinal))
            return source;
        var path = this.ResolveTarget(source);
        return Directory.Exists(path) ? path : source;
    }

    private static ProgressRecord Progress(RuntimeInstaller installer, TimeSpan elapsed)
    {
        var (step, share) = installer.Progress;
        var record = new ProgressRecord(1, "Installing libtorch", step)
        {
            PercentComplete = share is { } part ? (int)(100 * part) : -1,
        };
        if (share is > 0.02 and < 1)
            record.SecondsRemaining = (int)(elapsed.TotalSeconds * (1 - share.Value) / share.Value);
        return record;
    }
}
