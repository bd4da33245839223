using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>
/// Find the samples of a support set that a model finds most similar to others, and their vote; or the words nearest to
/// a sum of words.
/// </summary>
/// <remarks>
/// Samples are compared as a layer of the model represents them, so the support may have classes that the model was not
/// trained on. Each input gives one object for each neighbor: Row is the number of the input, Order that of the
/// neighbor, Neighbor its row in the support, Class its class. Prediction is the class of most neighbors (of several,
/// that of the nearest one), and Share their share. Without a class label the three are empty or the label's value.
///
/// With -Positive, the vectors of words are compared by their cosine: those nearest to the sum of the directions of the
/// words in -Positive minus those in -Negative, without these words.
///
/// The search is exact; its memory does not grow with the number of samples that are compared.
/// </remarks>
/// <example>
/// <code>Get-ChildItem ./new/*.jpg | Find-DlNeighbor $model -Support $known -Count 3 | Export-Csv neighbors.csv</code>
/// <para>Finds the three most similar known pictures for each new one.</para>
/// </example>
/// <example>
/// <code>$test | Find-DlNeighbor $model -Layer embedding -Support $support -Distance Euclidean |
///     Where-Object Order -eq 1</code>
/// <para>Classifies the rows of a dataset by five neighbors: one object for each row, with the vote.</para>
/// </example>
/// <example>
/// <code>Find-DlNeighbor ./words.vec -Positive king, woman -Negative man -Count 3</code>
/// <para>Calculates with the vectors of words: king - man + woman.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "DlNeighbor", DefaultParameterSetName = Samples)]
[OutputType(typeof(NearestSample), ParameterSetName = [Samples])]
[OutputType(typeof(NearestWord), ParameterSetName = [Words])]
public sealed class FindDlNeighborCommand : WorkCmdlet, IDisposable
{
    private const string Samples = "Sample", Words = "Word";

    /// <summary>The number of objects that are compared at once.</summary>
    private const int AtOnce = 1024;

    private readonly List<PSObject> waiting = [];
    private Model? model;
    private SupportSet? support;
    private PredictionInput? input;
    private int row = 1;

    /// <summary>A trained model, or the path of a model file or of a training's checkpoints.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public object Model { get; set; } = null!;

    /// <summary>Objects of any type, image files or their paths for a model of images, or a dataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = Samples)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// The samples to find neighbors in: a dataset; a split, whose training part is used; or an episode, whose support
    /// is used.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = Samples)]
    [ValidateNotNull]
    public object Support { get; set; } = null!;

    /// <summary>The words to add.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Words)]
    [ValidateNotNullOrEmpty]
    public string[] Positive { get; set; } = [];

    /// <summary>The words to subtract. Default: none.</summary>
    [Parameter(ParameterSetName = Words)]
    [ValidateNotNull]
    public string[] Negative { get; set; } = [];

    /// <summary>
    /// The layer whose outputs are compared, by name, or input for the encoded data itself. Default: the output of a
    /// model that was trained to give embeddings; for others the layer before the output; with -Positive the first
    /// Embedding layer that reads words.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Layer { get; set; }

    /// <summary>The number of neighbors.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Count { get; set; } = 5;

    /// <summary>
    /// The distance: Cosine, 1 minus the cosine of the angle between two representations; or Euclidean.
    /// </summary>
    [Parameter(ParameterSetName = Samples)]
    public NeighborDistance Distance { get; set; }

    /// <inheritdoc/>
    protected override object? Input => ParameterSetName == Words ? Model : InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        model = this.ModelOf(Model);
        var (_, plan, _) = model.Trained();
        if (ParameterSetName == Words)
            return;
        input = new PredictionInput(this, plan);
        var (data, options) = (SupportData.Of(Support),
            new NeighborOptions { Layer = Layer, Count = Count, Distance = Distance });
        support = Work(cancel => new SupportSet(model, data, options, cancel));
        if (support.TooFew.FirstOrDefault() is { Class: not null } few)
            WriteWarning($"Class '{few.Class}' has too few samples in the support for a majority of {Count} neighbors: "
                + $"{few.Count}. Use a smaller -Count if the vote matters.");
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == Words)
        {
            WriteObject(Work(_ => WordVectors.Of(model!, Layer).Find(Positive, Negative, Count)),
                enumerateCollection: true);
            return;
        }

        if (InputObject.BaseObject is Dataset dataset)
        {
            Flush();
            Write(dataset);
            return;
        }

        waiting.AddRange(input!.Expand(InputObject));
        if (waiting.Count >= AtOnce)
            Flush();
    }

    /// <inheritdoc/>
    protected override void End() => Flush();

    /// <summary>Frees the support, and a model that was loaded for it alone.</summary>
    public void Dispose()
    {
        support?.Dispose();
        if (model is not null && PipelineValue.Unwrap(Model) is not Models.Model)
            model.Dispose();
    }

    /// <summary>Writes the neighbors of the objects so far; one that the model cannot read is an error.</summary>
    private void Flush()
    {
        if (waiting.Count == 0)
            return;
        var rows = waiting.Select(item => input!.Row(item, _ => true)).ToArray();
        new Bisection<IReadOnlyList<NearestSample>>(
            (first, count) => Work(cancel => support!.Find(
                model!.Plan!.Rows(rows.AsSpan(first, count).ToArray()), row + first, cancel)),
            e => e.Kind is DlErrorKind.InvalidData or DlErrorKind.InvalidArgument or DlErrorKind.NotFound,
            (_, found) => WriteObject(found, enumerateCollection: true),
            (index, e) => WriteError(ErrorRecords.Of(e, waiting[index])))
            .Run(0, rows.Length);
        row += rows.Length;
        waiting.Clear();
    }

    private void Write(Dataset dataset)
    {
        WriteObject(Work(cancel => support!.Find(dataset, row, cancel)), enumerateCollection: true);
        row += dataset.Count;
    }
}
