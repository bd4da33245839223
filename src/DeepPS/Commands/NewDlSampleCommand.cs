using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Commands;

/// <summary>Make new samples with a generator or the decoder of an autoencoder.</summary>
/// <remarks>
/// The generator of Invoke-DlGanTraining turns codes, random numbers of a normal distribution, into samples like those
/// that it was trained on: images, arrays or rows of numbers. Without -Path each sample is an object with its values,
/// its code and, of a conditional generator, its class; Invoke-DlPrediction accepts such objects. The same seed gives
/// the same codes. A model that is not trained yet shows what the training starts with.
///
/// Of an autoencoder the layers after its code make the samples. A variational autoencoder's codes are normal random
/// numbers (Kingma and Welling 2014); for another one -Data gives the mean and the covariance of the codes to draw.
/// Invoke-DlPrediction -Layer code -As Code encodes samples, whose codes -Code decodes.
/// </remarks>
/// <example>
/// <code>New-DlSample -Model $generator -Count 64 -Path ./sheet.png | Invoke-Item</code>
/// <para>Writes a picture of 64 generated images and opens it.</para>
/// </example>
/// <example>
/// <code>New-DlSample -Model $generator -Count 1000 | Invoke-DlPrediction -Model $classifier |
///     Group-Object Prediction</code>
/// <para>Counts the classes that a classifier sees in a thousand generated images.</para>
/// </example>
/// <example>
/// <code>$first, $last = New-DlSample -Model $generator -Count 2
/// New-DlSample -Model $generator -Code $first, $last -Steps 9 -Path ./between.png</code>
/// <para>Shows nine images on the way from one code to another.</para>
/// </example>
/// <example>
/// <code>$vae = New-DlModel VariationalAutoencoder -Code 8
/// $vae | Invoke-DlTraining -Data $digits -Reconstruct -Loss BinaryCrossEntropy -Epochs 20
/// $vae | New-DlSample -Count 64 -Path ./digits.png</code>
/// <para>Trains a variational autoencoder and shows images that it makes up.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlSample", SupportsShouldProcess = true, DefaultParameterSetName = RandomSet)]
[OutputType(typeof(PSObject), typeof(Dataset), typeof(FileInfo))]
public sealed class NewDlSampleCommand : WorkCmdlet
{
    private const string RandomSet = "Random", CodeSet = "Code";

    /// <summary>
    /// The generator or the autoencoder, or the path of its model file or of its checkpoints.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>Number of samples.</summary>
    [Parameter(Position = 0, ParameterSetName = RandomSet)]
    [ValidateRange(1, 10_000_000)]
    public int Count { get; set; } = 64;

    /// <summary>The seed of the random numbers.</summary>
    [Parameter(ParameterSetName = RandomSet)]
    public int Seed { get; set; }

    /// <summary>
    /// Samples for an autoencoder, usually those of its training: codes are drawn from a normal distribution with the
    /// mean and the covariance of their codes. A split or a dataset. Default: the standard normal distribution, for a
    /// variational autoencoder and a generator.
    /// </summary>
    [Parameter(ParameterSetName = RandomSet)]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>
    /// The layer of an autoencoder whose output is the code. Default: the layer of type GaussianSampling, or the one
    /// named code.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Layer { get; set; }

    /// <summary>
    /// The codes: other samples, whose codes are used, or an array of numbers for each sample.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet)]
    public object[] Code { get; set; } = [];

    /// <summary>
    /// Number of samples on the way from the first code to the second, both included. Default: one sample for each
    /// code.
    /// </summary>
    [Parameter(ParameterSetName = CodeSet)]
    [ValidateRange(2, 10_000)]
    public int? Steps { get; set; }

    /// <summary>
    /// The classes to make, in turn; the generator must be conditional. Default: all its classes in turn.
    /// </summary>
    [Parameter]
    public string[] Label { get; set; } = [];

    /// <summary>The file for images: .png or .html. Default: samples are objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Returns all samples as one dataset instead of objects.</summary>
    [Parameter]
    public SwitchParameter AsDataset { get; set; }

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
        var model = this.ModelOf(Model);
        try
        {
            var path = Path is null ? null : this.ResolveTarget(Path);
            if (path is not null)
            {
                OutputFile.Check(path, NoClobber, Force);
                if (!ShouldProcess(path, $"Write samples of '{model.Name}'"))
                    return;
            }

            var samples = Work(cancel =>
            {
                using var generator = new SampleGenerator(model, Layer);
                return Generate(generator, cancel);
            });
            if (path is not null)
                Write(path, samples);
            else if (AsDataset)
                WriteObject(samples);
            else
                for (var row = 0; row < samples.Count; row++)
                    WriteObject(RowObject.Whole(samples, row));
        }
        finally
        {
            if (PipelineValue.Unwrap(Model) is not Models.Model)
                model.Dispose();
        }
    }

    private Dataset Generate(SampleGenerator generator, CancellationToken cancel) => generator.Generate(
        ParameterSetName == RandomSet
            ? generator.Draw(Count, Seed, Data is null ? null : ModelSource.TrainingData(Data).Train, cancel)
            : Codes(generator.CodeSize), Label, cancel);

    private float[] Codes(int size)
    {
        var codes = CodeValue.Read(Code, size);
        if (Steps is not { } steps)
            return codes.SelectMany(code => code).ToArray();
        return codes.Count == 2 ? SampleGenerator.Between(codes[0], codes[1], steps)
            : throw new DlException("CodeCount", DlErrorKind.InvalidArgument,
                $"-Steps needs two codes, the first and the last; got {codes.Count}. Use -Code $first, $last.", Code);
    }

    private void Write(string path, Dataset samples)
    {
        OutputFile.MakeWritable(path, Force);
        Work((_, cancel) => SampleSheet.Write(path, samples, Enumerable.Range(0, samples.Count).ToArray(), null,
            cancel));
        WriteObject(new FileInfo(path));
    }
}
