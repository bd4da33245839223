using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Commands;

/// <summary>Remove the libtorch that Install-DlRuntime installed, after confirmation.</summary>
/// <remarks>
/// Only the runtimes of this version of DeepPS are removed. On Windows a session that has loaded a runtime protects its
/// files: run the command in a new session.
/// </remarks>
/// <example>
/// <code>Uninstall-DlRuntime</code>
/// <para>Removes all runtimes of the user, and asks for each.</para>
/// </example>
/// <example>
/// <code>Uninstall-DlRuntime cuda -Confirm:$false</code>
/// <para>Removes the one for NVIDIA cards without a question.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Uninstall, "DlRuntime", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class UninstallDlRuntimeCommand : DlCmdlet
{
    /// <summary>The device: cpu or cuda. Default: both.</summary>
    [Parameter(Position = 0)]
    [ValidateSet("cpu", "cuda")]
    public string? Device { get; set; }

    /// <summary>The folder of runtimes, as for Install-DlRuntime. Default: DEEPPS_RUNTIME if set, otherwise the user's
    /// data folder.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override object? Input => Device;

    /// <inheritdoc/>
    protected override void End()
    {
        var root = Path is null ? RuntimeFolder.Root : this.ResolveTarget(Path);
        var found = RuntimeRemover.Find(root, Device);
        if (found.Count == 0)
            throw new DlException("RuntimeNotFound", DlErrorKind.NotFound,
                $"No runtime{(Device is null ? "" : $" for {Device}")} is installed in '{root}'. Install-DlRuntime "
                + "installs one.", root);
        foreach (var folder in found.Where(folder => ShouldProcess(folder, "Remove the runtime")))
            RuntimeRemover.Remove(root, folder);
    }
}
