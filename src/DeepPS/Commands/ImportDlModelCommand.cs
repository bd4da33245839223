using System.Management.Automation;

namespace DeepPS.Commands;

/// <summary>Reads models from files that Export-DlModel has written.</summary>
/// <example>
/// <code>$model = Import-DlModel ./tickets.dlmodel</code>
/// <para>Reads a model, ready to predict or to be trained on.</para>
/// </example>
[Cmdlet(VerbsData.Import, "DlModel", DefaultParameterSetName = "Path")]
[OutputType(typeof(Model))]
public sealed class ImportDlModelCommand : WorkCmdlet
{
    /// <summary>Model files. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>As Path, but each character stands for itself.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in this.ResolveFiles(literal ? LiteralPath : Path, literal))
            try
            {
                Write(Work(_ => ModelFile.Load(path)));
            }
            catch (DlException e)
            {
                WriteError(ErrorRecords.Of(e, path));
            }
    }

    private void Write(Model model)
    {
        foreach (var record in model.History)
            FlatRecord.Of(record);
        WriteObject(model);
    }
}
