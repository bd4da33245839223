using System.Management.Automation;

namespace DeepPS.Commands;

/// <summary>Splits a dataset at random into a part to train on and parts to measure with.</summary>
/// <remarks>
/// Each part gets each class in the same share, where the label is a class. How columns become numbers is decided by the
/// part to train on, alone. The same seed gives the same parts.
/// </remarks>
/// <example>
/// <code>$data = Import-DlDataset ./tickets.csv -Label Priority | Split-DlDataset -Validation 0.1 -Test 0.1 -Seed 1</code>
/// <para>Trains on eight tenths, watches the training by one tenth and keeps one tenth for the test.</para>
/// </example>
[Cmdlet(VerbsCommon.Split, "DlDataset")]
[OutputType(typeof(Split))]
public sealed class SplitDlDatasetCommand : WorkCmdlet
{
    /// <summary>The dataset.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Dataset InputObject { get; set; } = null!;

    /// <summary>The share of rows that training is watched by, from 0 to below 1.</summary>
    [Parameter]
    public double Validation { get; set; }

    /// <summary>The share of rows kept for the test, from 0 to below 1.</summary>
    [Parameter]
    public double Test { get; set; }

    /// <summary>What the choice of rows follows from.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Chooses rows without a look at their classes.</summary>
    [Parameter]
    public SwitchParameter NoStratify { get; set; }

    /// <inheritdoc/>
    protected override object Input => InputObject;

    /// <inheritdoc/>
    protected override void Process()
    {
        Split? split = null;
        Work((write, _) => split = DatasetSplitter.Split(InputObject, new SplitOptions
        {
            Validation = Validation,
            Test = Test,
            Seed = Seed,
            Stratify = !NoStratify,
            Log = text => write(() => WriteVerbose(text)),
        }));
        WriteObject(split);
    }
}
