using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Measure what a trained model loses if its layers are compressed: error against size.</summary>
/// <remarks>
/// The first row is the model as it is. After it there is a row for each setting and each layer, with this layer alone
/// compressed as by Compress-DlModel: its parameters and bytes before and after, the relative error of its weight, and
/// the loss and the metrics of the model on the data. Layers that would not become smaller have no row; -Verbose says
/// why. Nothing is trained, and the model stays as it is. Show-DlPlot draws the rows.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlCompression -Data $split -Rank 4, 8, 16, 32 | Export-Csv ranks.csv</code>
/// <para>Measures each layer at four ranks on the test part.</para>
/// </example>
/// <example>
/// <code>$model | Measure-DlCompression -Data $split.Validation -Energy 0.8, 0.9, 0.95 -Sparsity 0.5, 0.8, 0.9 `
///     -Quantize Int8 -Whole | Show-DlPlot ./compression.png</code>
/// <para>Compresses all layers at once and draws the error by the model's size.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlCompression")]
[OutputType(typeof(CompressionRow))]
public sealed class MeasureDlCompressionCommand : CompressionCmdlet
{
    /// <summary>
    /// The data to measure on, as for Measure-DlModel: a dataset; a split, whose test part is used; rows; CSV files;
    /// image files or folders. Default: none; loss and metrics are not measured.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>Ranks. With -TensorTrain they are the largest TT-ranks. Default: none.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[] Rank { get; set => field = value ?? []; } = [];

    /// <summary>Shares of the squared singular values to keep, above 0 to 1. Default: none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double[] Energy { get; set => field = value ?? []; } = [];

    /// <summary>
    /// The factors of a layer's number of features, for a tensor train at each -Rank and -Energy, or at rank 8.
    /// Default: none.
    /// </summary>
    [Parameter]
    [ShapeConversion]
    public Shape? TensorTrain { get; set; }

    /// <summary>Shares of the weights to remove, from 0 to below 1. Default: none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double[] Sparsity { get; set => field = value ?? []; } = [];

    /// <summary>Measures weights as Export-DlModel -Quantize writes them. Default: None.</summary>
    [Parameter]
    public Quantization Quantize { get; set; }

    /// <summary>Compresses all layers at once: one row for each setting.</summary>
    [Parameter]
    public SwitchParameter Whole { get; set; }

    /// <summary>
    /// The metrics to measure besides the loss. Default: accuracy for classes; MAE, RMSE and R2 for numbers.
    /// </summary>
    [Parameter]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        Model.Trained();
        var ways = Ways().ToArray();
        if (ways.Length == 0)
            throw NoWay();
        var (layers, strict) = Chosen();
        var data = Data is null ? null : MeasuredData.Of(this, Model, Data);
        Measure(ways, layers, strict, data);
    }

    private void Measure(Compression[] ways, IReadOnlyList<string> layers, IReadOnlyList<string> strict, Dataset? data)
    {
        var share = 0.0;
        Work((write, cancel) =>
        {
            var meter = new CompressionMeter(Model, data, Metric)
            {
                Log = text => write(() => WriteVerbose(text)),
                Progress = done => share = done,
            };
            foreach (var row in meter.Measure(ways, layers, Whole, strict, cancel))
                write(() => WriteObject(FlatRecord.Of(row)));
        }, () => new ProgressRecord(1, "Measuring compression", $"{share:P0} of the settings")
        {
            PercentComplete = (int)(100 * share),
        });
    }

    private IEnumerable<Compression> Ways()
    {
        var choices = Rank.Select(RankChoice.Of).Concat(Energy.Select(RankChoice.OfEnergy)).ToArray();
        if (TensorTrain is null)
            foreach (var choice in choices)
                yield return new LowRankCompression(choice);
        else
            foreach (var choice in choices.DefaultIfEmpty())
                yield return Train(TensorTrain, choice);
        foreach (var share in Sparsity)
            yield return new Pruning(share);
        if (Quantize != Quantization.None)
            yield return new RoundedWeights();
    }
}
