using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Plots;

namespace DeepPS.Commands;

/// <summary>Show the representations of samples or words at a layer, in two dimensions and coloured by label.</summary>
/// <remarks>
/// Pca shows the two directions in which the layer's outputs vary most, with their shares of the variance. Tsne keeps
/// neighbours together (van der Maaten and Hinton 2008, exact): groups are meaningful, distances between them and their
/// sizes are not. It starts from the principal components, so the same data gives the same picture. A number label is
/// shown in five colours by its range.
/// </remarks>
/// <example>
/// <code>$model | Show-DlEmbedding ./features.png -Data $split.Test -Method Tsne</code>
/// <para>Shows how the layer before the output separates the classes of the test part.</para>
/// </example>
/// <example>
/// <code>$model | Show-DlEmbedding -Data $data -Layer input</code>
/// <para>Shows the encoded data itself in the terminal.</para>
/// </example>
/// <example>
/// <code>$model | Show-DlEmbedding ./words.svg -Words -Count 80</code>
/// <para>Shows the vectors of the 80 most frequent words.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "DlEmbedding", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(Figure))]
public sealed class ShowDlEmbeddingCommand : DrawingCmdlet
{
    /// <summary>A model, or the path of a model file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>The samples: a dataset, or a split, whose training part is used. Default: none, with -Words.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>Shows the vectors of words, for a model that reads text.</summary>
    [Parameter]
    public SwitchParameter Words { get; set; }

    /// <summary>With -Words, the words to show. Default: the most frequent ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Include { get; set; } = [];

    /// <summary>
    /// The layer by name, or input. Default: the layer before the output; with -Words the first Embedding layer.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Layer { get; set; }

    /// <summary>How vectors become places: Pca or Tsne.</summary>
    [Parameter]
    public EmbeddingMethod Method { get; set; }

    /// <summary>The number of neighbours that counts in t-SNE.</summary>
    [Parameter]
    [ValidateRange(1.0, 1000.0)]
    public double Perplexity { get; set; } = 30;

    /// <summary>Number of samples at most, chosen at random, or of words, the most frequent first.</summary>
    [Parameter]
    [ValidateRange(4, 5000)]
    public int Count { get; set; } = 1000;

    /// <summary>The seed of the choice of samples.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Include.Length > 0 && !Words)
            throw new DlException("DataNeeded", DlErrorKind.InvalidArgument,
                "-Include names words to show. Add -Words.", Include);
        if (Data is null == !Words)
            throw new DlException("DataNeeded", DlErrorKind.InvalidArgument,
                "Show-DlEmbedding shows samples with -Data, or words with -Words. Use one of them.", Model);
        var data = Data is null ? null : ModelSource.TrainingData(Data).Train;
        var options = new EmbeddingOptions
        {
            Layer = Layer,
            Method = Method,
            Perplexity = Perplexity,
            Count = Count,
            Seed = Seed,
            Words = Include,
        };
        var model = this.ModelOf(Model);
        try
        {
            Emit(cancel => data is null ? EmbeddingFigure.OfWords(model, options, cancel)
                : EmbeddingFigure.OfSamples(model, data, options, cancel));
        }
        finally
        {
            if (PipelineValue.Unwrap(Model) is not Models.Model)
                model.Dispose();
        }
    }
}
