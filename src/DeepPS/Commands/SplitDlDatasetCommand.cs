using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Data;
using DeepPS.Layers;
using SplitOptions = DeepPS.Data.SplitOptions;

namespace DeepPS.Commands;

/// <summary>Splits a dataset into a part to train on and parts to measure with: at random, by groups, by time, by a column, or in folds.</summary>
/// <remarks>
/// At random, each part gets each class in the same share, where the label is a class. How columns become numbers is decided by
/// the part to train on, alone. The same seed gives the same parts. With -Fold, as many splits come one by one, and each row
/// is in the test part of exactly one. Windows of ConvertTo-DlTimeSeries are split by time by themselves: the latest are for the
/// test, and those whose values to predict reach over a boundary are left out.
/// </remarks>
/// <example>
/// <code>$data = Import-DlDataset ./tickets.csv -Label Priority | Split-DlDataset -Validation 0.1 -Test 0.1 -Seed 1</code>
/// <para>Trains on eight tenths, watches the training by one tenth and keeps one tenth for the test.</para>
/// </example>
/// <example>
/// <code>$data | Split-DlDataset -Fold 5 | ForEach-Object {
///     $model = New-DlLayer Dense 16 -Activation ReLU | New-DlLayer Dense 3 | New-DlModel
///     $null = $model | Invoke-DlTraining -Data $_ -Epochs 20
///     $model | Measure-DlModel -Data $_
/// } | Measure-Object Accuracy -Average -StandardDeviation</code>
/// <para>Cross-validation: five models, each tested on another fifth of the rows.</para>
/// </example>
/// <example>
/// <code>$data | Split-DlDataset -Group Host -Test 0.2
/// $data | Split-DlDataset -Time Date -Validation 0.1 -Test 0.1
/// $data | Split-DlDataset -By Part</code>
/// <para>Tests on hosts that training has not seen; on the latest rows; on the rows that the column Part names for it.</para>
/// </example>
[Cmdlet(VerbsCommon.Split, "DlDataset", DefaultParameterSetName = Shares)]
[OutputType(typeof(Split))]
public sealed class SplitDlDatasetCommand : WorkCmdlet
{
    private const string Shares = "Shares";
    private const string Folds = "Folds";
    private const string Times = "Time";
    private const string Names = "By";

    /// <summary>The dataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Dataset InputObject { get; set; } = null!;

    /// <summary>
    /// The share of rows that training is watched by, from 0 to below 1. With -Fold it is the share of the rows outside the fold.
    /// </summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    [Parameter(ParameterSetName = Times)]
    public double Validation { get; set; }

    /// <summary>The share of rows kept for the test, from 0 to below 1.</summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Times)]
    public double Test { get; set; }

    /// <summary>How many folds the rows are dealt into: a split for each, whose test part it is.</summary>
    [Parameter(ParameterSetName = Folds, Mandatory = true)]
    public int Fold { get; set; }

    /// <summary>How often to make all folds, in another order each time.</summary>
    [Parameter(ParameterSetName = Folds)]
    public int Repeat { get; set; } = 1;

    /// <summary>A column, such as Host: all rows with the same value are in one part. It is no input then.</summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    public string? Group { get; set; }

    /// <summary>A column of times or numbers: the latest rows are for the test, those before them for validation.</summary>
    [Parameter(ParameterSetName = Times, Mandatory = true)]
    public string? Time { get; set; }

    /// <summary>A column that names the part of each row: train, validation or test, val or dev, in any case. It is no input then.</summary>
    [Parameter(ParameterSetName = Names, Mandatory = true)]
    public string? By { get; set; }

    /// <summary>What the choice of rows follows from.</summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    public int Seed { get; set; }

    /// <summary>Chooses rows without a look at their classes.</summary>
    [Parameter(ParameterSetName = Shares)]
    [Parameter(ParameterSetName = Folds)]
    public SwitchParameter NoStratify { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Process() => Work((write, cancel) =>
    {
        foreach (var split in Splits(text => write(() => WriteVerbose(text))))
        {
            cancel.ThrowIfCancellationRequested();
            write(() => WriteObject(split));
        }
    });

    private IEnumerable<Split> Splits(Action<string> log)
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
        };
        return ParameterSetName == Folds ? DatasetSplitter.Folds(InputObject, options, Fold, Repeat) : [DatasetSplitter.Split(InputObject, options)];
    }
}
