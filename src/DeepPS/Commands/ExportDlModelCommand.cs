using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Write a model to a file, with its layers, weights, encoders and history.</summary>
/// <remarks>
/// The file is written completely or not at all: an existing file stays until the new one is complete. The weights are
/// in the safetensors format, which other tools read too. Weights that Compress-DlModel pruned are written as the list
/// of those that are left, with a bit for each place.
///
/// With the extension .vec the vectors of words are written alone, as text in the form of word2vec and fastText.
/// </remarks>
/// <example>
/// <code>$model | Export-DlModel ./tickets.dlmodel</code>
/// <para>Writes the model and returns the file.</para>
/// </example>
/// <example>
/// <code>$model | Export-DlModel ./small.dlmodel -Quantize Int8
/// Import-DlModel ./small.dlmodel | Measure-DlModel -Data $split.Test</code>
/// <para>Writes a file of a quarter of the size, and measures what the rounding costs.</para>
/// </example>
[Cmdlet(VerbsData.Export, "DlModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportDlModelCommand : WorkCmdlet
{
    private string? written;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>The file; the usual extension is .dlmodel; .vec for vectors of words.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>
    /// Writes weights as 8-bit numbers with a scale for each unit or filter: about a quarter of the file. Biases stay
    /// float32, and the model that is read from the file is float32 again. Measure it: it is a little less accurate.
    /// Default: None.
    /// </summary>
    [Parameter]
    public Quantization Quantize { get; set; }

    /// <summary>Makes an existing file an error instead of replacing it.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a read-only file too.</summary>
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
                $"'{path}' already holds the previous model of this pipeline. Use one path per model.", path);
        OutputFile.Check(path, NoClobber, Force);
        if (!ShouldProcess(path, $"Write model '{Model.Name}'"))
            return;
        OutputFile.MakeWritable(path, Force);
        Work((_, _) => Save(path));
        written = path;
        WriteObject(new FileInfo(path));
    }

    private void Save(string path)
    {
        if (WordVectorFile.Is(path))
            WordVectors.Of(Model).Save(path);
        else
            ModelFile.Save(Model, path, Quantize);
    }
}
