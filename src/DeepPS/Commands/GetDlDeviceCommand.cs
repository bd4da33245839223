using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Torch;

namespace DeepPS.Commands;

/// <summary>Lists the devices that models can be trained on: the processor, and the CUDA devices that torch sees.</summary>
/// <example>
/// <code>Get-DlDevice</code>
/// <para>Lists the devices. The names are what -Device takes.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlDevice")]
[OutputType(typeof(DeviceInfo))]
public sealed class GetDlDeviceCommand : WorkCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(Work(_ => DeviceCatalog.Get()), enumerateCollection: true);
}
