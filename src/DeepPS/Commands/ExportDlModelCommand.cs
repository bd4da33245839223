using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Writes a model to a file: its layers, parameters, encoders and history.</summary>
/// <remarks>
/// The file is written whole or not at all: what was there before stays until the new file is complete. Its values are in the
/// safetensors format, which other tools read too.
/// </remarks>
/// <example>
/// <code>$model | Export-DlModel ./tickets.dlmodel</code>
/// <para>Writes the model and gives the file.</para>
/// </example>
[Cmdlet(VerbsData.Export, "DlModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportDlModelCommand : WorkCmdlet
{
    private string? written;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The file; the usual ending is .dlmodel.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>Leaves a file that is there as it is; that is an error.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file even if it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = this.ResolveTarget(Path);
        if (written == path)
            throw new DlException("OneModelPerFile", DlErrorKind.InvalidArgument,
                $"'{path}' holds the model before this one already. Give each model a path of its own.", path);
        OutputFile.Check(path, NoClobber, Force);
        if (!ShouldProcess(path, $"Write model '{Model.Name}'"))
            return;
        OutputFile.MakeWritable(path, Force);
        Work((_, _) => ModelFile.Save(Model, path));
        written = path;
        WriteObject(new FileInfo(path));
    }
}
