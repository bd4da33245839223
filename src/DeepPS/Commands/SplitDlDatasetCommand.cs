using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;
using SplitOptions = DeepPS.Data.SplitOptions;

namespace DeepPS.Commands;

/// <summary>
/// Split a dataset into training, validation and test parts: at random, by groups, by time, by a column or class, in
/// folds, or in episodes.
/// </summary>
/// <remarks>
/// A random split is stratified: if the label is a class, each part has the same share of each class. Encoders are
/// fitted on the training part alone. The same seed gives the same parts. With -Fold, one split per fold is returned,
/// and each row is in the test part of exactly one. Windows of ConvertTo-DlTimeSeries are always split by time: the
/// latest are the test part, and those whose label spans a boundary are left out.
/// </remarks>
/// <example>
/// <code>Import-DlDataset ./tickets.csv -Label Priority | Split-DlDataset -Validation 0.1 -Test 0.1 -Seed 1</code>
/// <para>Makes a training part of 80 %, a validation part of 10 % and a test part of 10 %.</para>
/// </example>
/// <example>
/// <code>$data | Split-DlDataset -Fold 5 | ForEach-Object {
///     $model = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel
///     $null = $model | Invoke-DlTraining -Data $_ -Epochs 20
///     $model | Measure-DlModel -Data $_
/// } | Measure-Object Accuracy -Average -StandardDeviation</code>
/// <para>Cross-validation: five models, each tested on a different fifth of the rows.</para>
/// </example>
/// <example>
/// <code>$data | Split-DlDataset -Group Host -Test 0.2
/// $data | Split-DlDataset -Time Date -Validation 0.1 -Test 0.1
/// $data | Split-DlDataset -By Part</code>
/// <para>Tests on hosts that are not in the training part; on the latest rows; on the rows whose column Part says
/// so.</para>
/// </example>
/// <example>
/// <code>$data | Split-DlDataset -Episode -Way 5 -Shot 1 -Query 5 -Count 100 -Seed 1</code>
/// <para>Draws 100 tasks of few-shot learning: five classes with one labelled sample each, and five samples of each to
/// classify. Measure-DlModel takes them.</para>
/// </example>
[Cmdlet(VerbsCommon.Split, "DlDataset", DefaultParameterSetName = Shares)]
[OutputType(typeof(Split), ParameterSetName = [Shares, Folds, Times, Names, Classes])]
[OutputType(typeof(Episode), ParameterSetName = [Episodes])]
public sealed partial class SplitDlDatasetCommand : WorkCmdlet
{
    private const string Shares = "Shares";
    private const string Folds = "Folds";
    private const string Times = "Time";
    private const string Names = "By";

    /// <summary>
    /// The dataset; or a split that lacks a part, which is then taken from its training part, and keeps its others.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>
    /// The fraction of rows for validation, from 0 to below 1. With -Fold, a fraction of the rows outside the fold.
    /// </summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    [Parameter(ParameterSetName = Times)]
    public double Validation { get; set; }

    /// <summary>The fraction of rows for the test, from 0 to below 1.</summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Times)]
    public double Test { get; set; }

    /// <summary>Number of folds. One split is returned for each, with the fold as its test part.</summary>
    [Parameter(ParameterSetName = Folds, Mandatory = true)]
    public int Fold { get; set; }

    /// <summary>Number of times that all folds are made, each time in a different order.</summary>
    [Parameter(ParameterSetName = Folds)]
    public int Repeat { get; set; } = 1;

    /// <summary>
    /// A column, such as Host, whose equal values stay in one part. It is not used as an input. Default: rows are split
    /// individually.
    /// </summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? Group { get; set; }

    /// <summary>
    /// A column of times or numbers: the latest rows are the test part, those before them the validation part.
    /// </summary>
    [Parameter(ParameterSetName = Times, Mandatory = true)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? Time { get; set; }

    /// <summary>
    /// A column with the part of each row: train, validation, val, dev or test, in any case. It is not used as an
    /// input.
    /// </summary>
    [Parameter(ParameterSetName = Names, Mandatory = true)]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? By { get; set; }

    /// <summary>The seed of the random choice of rows.</summary>
    [Parameter(ParameterSetName = Episodes)]
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    public int Seed { get; set; }

    /// <summary>Chooses rows regardless of their classes.</summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    public SwitchParameter NoStratify { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == Episodes)
            DrawEpisodes();
        else
            Split();
    }

    private void Split() => Work((write, cancel) =>
    {
        foreach (var split in Splits(
            text => write(() => WriteVerbose(text)), text => write(() => WriteWarning(text))))
        {
            cancel.ThrowIfCancellationRequested();
            write(() => WriteObject(split));
        }
    });

    private IEnumerable<Split> Splits(Action<string> log, Action<string> warn)
    {
        var options = new SplitOptions
        {
            Validation = Validation,
            Test = Test,
            Seed = Seed,
            Stratify = !NoStratify,
            Group = Group,
            Time = Time,
            By = By,
            Log = log,
            Warn = warn,
        };
        return (PipelineValue.Unwrap(InputObject), ParameterSetName) switch
        {
            (Split { Test: not null } split, Folds) => throw new DlException("PartExists", DlErrorKind.InvalidArgument,
                $"'{split.Name}' has a test part, and each fold has its own. Make folds of $split.Train.", split),
            (Split split, Folds) => DatasetSplitter.Folds(split.Train, options, Fold, Repeat),
            (Split split, Classes) => [ClassSplit.Of(split.Train, TestClass, options)],
            (Split split, _) => [DatasetSplitter.Split(split, options)],
            (var data, Classes) => [ClassSplit.Of(ModelSource.TestData(data!), TestClass, options)],
            (var data, Folds) => DatasetSplitter.Folds(ModelSource.TestData(data!), options, Fold, Repeat),
            var (data, _) => [DatasetSplitter.Split(ModelSource.TestData(data!), options)],
        };
    }
}
