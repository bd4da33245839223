using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Torch;

namespace DeepPS.Commands;

/// <summary>List the devices to train on, and the libtorch that is loaded: version and folder.</summary>
/// <example>
/// <code>Get-DlDevice</code>
/// <para>Lists the devices. Use their names with -Device.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlDevice")]
[OutputType(typeof(DeviceInfo))]
public sealed class GetDlDeviceCommand : WorkCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(Work(_ => DeviceCatalog.Get()), enumerateCollection: true);
}
