using System.Management.Automation;

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
        Check(path);
        if (!ShouldProcess(path, $"Write model '{Model.Name}'"))
            return;
        if (Force && File.Exists(path))
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        Work((_, _) => ModelFile.Save(Model, path));
        written = path;
        WriteObject(new FileInfo(path));
    }

    private void Check(string path)
    {
        if (written == path)
            throw new DlException("OneModelPerFile", DlErrorKind.InvalidArgument,
                $"'{path}' holds the model before this one already. Give each model a path of its own.", path);
        if (Directory.Exists(path))
            throw new DlException("NotAFilePath", DlErrorKind.InvalidArgument, $"'{path}' is a folder; the path of a file is wanted.", path);
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new DlException("DirectoryNotFound", DlErrorKind.NotFound, $"There is no folder '{folder}'. Make it first.", path);
        if (!File.Exists(path))
            return;
        if (NoClobber)
            throw new DlException("FileExists", DlErrorKind.InvalidOperation,
                $"'{path}' is there already, and -NoClobber was given. Use another path.", path);
        if (!Force && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            throw new DlException("FileReadOnly", DlErrorKind.InvalidOperation,
                $"'{path}' is read-only. Use -Force to replace it, or another path.", path);
    }
}
