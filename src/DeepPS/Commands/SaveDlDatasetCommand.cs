using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>Downloads a published dataset from its publisher and checks it: MNIST, FashionMNIST, CIFAR10, CIFAR100, Iris, Penguins.</summary>
/// <remarks>
/// Files go to the user's cache (deepps/datasets under XDG_CACHE_HOME, ~/.cache or %LOCALAPPDATA%), or into a folder of the
/// dataset's name under -Destination. What is there whole is not downloaded again. After a break, or Ctrl+C, the next call goes
/// on where the last one ended. A file whose checksum is not the published one is not kept. Import-DlDataset reads what was
/// saved, from the pipeline, and knows the label. The licence is a property of what comes out, and an information record.
/// </remarks>
/// <example>
/// <code>$split = Save-DlDataset Penguins | Import-DlDataset | Split-DlDataset -Test 0.2 -Seed 1</code>
/// <para>Gets the penguins of the Palmer Archipelago, whose label is their species, and splits them.</para>
/// </example>
/// <example>
/// <code>$mnist = Save-DlDataset MNIST -Verbose
/// $train = $mnist | Import-DlDataset -Part Train
/// $test  = $mnist | Import-DlDataset -Part Test</code>
/// <para>Gets MNIST, and says from where; then reads the images to train on and those to test.</para>
/// </example>
/// <example>
/// <code>Save-DlDataset CIFAR10 -Destination ./data -BaseUri https://mirror.example/cifar/</code>
/// <para>Gets CIFAR-10 from another server into the folder ./data/CIFAR10.</para>
/// </example>
[Cmdlet(VerbsData.Save, "DlDataset", SupportsShouldProcess = true)]
[OutputType(typeof(SavedDataset))]
public sealed class SaveDlDatasetCommand : WorkCmdlet
{
    /// <summary>The dataset, by name or alias. Get-DlCatalog KnownDataset lists them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogCompleter<KnownDataset>))]
    public string[] Name { get; set; } = [];

    /// <summary>The folder in which the dataset gets a folder of its own. Without it: the user's cache.</summary>
    [Parameter(Position = 1)]
    public string? Destination { get; set; }

    /// <summary>The address of a folder that has the dataset's files, in place of the publisher's: a mirror.</summary>
    [Parameter]
    public Uri? BaseUri { get; set; }

    /// <summary>Downloads files again that are there whole.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object Input => Name;

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
        {
            try
            {
                Save(CatalogIndex.Create<KnownDataset>(name));
            }
            catch (DlException e)
            {
                WriteError(ErrorRecords.Of(e, name));
            }
        }
    }

    private void Save(KnownDataset dataset)
    {
        var (fraction, coming) = (0.0, "");
        Action<Action>? write = null;
        var saver = new DatasetSaver(dataset, new SaveOptions
        {
            Destination = Destination is null ? null : this.ResolveTarget(Destination),
            BaseUri = BaseUri,
            Log = text => write!(() => WriteVerbose(text)),
            Progress = (done, file) => (fraction, coming) = (done, file),
        });
        var missing = Force ? dataset.Files : Work(saver.Missing);
        var action = $"Download {dataset.Name} ({missing.Sum(file => file.Size):N0} bytes) from {saver.Addresses[0]}";
        if (missing.Count > 0 && !ShouldProcess(saver.Folder, action))
            return;
        SavedDataset? saved = null;
        Work((toPipeline, cancel) =>
            {
                write = toPipeline;
                saved = saver.Save(missing, cancel);
            },
            () => new ProgressRecord(1, $"Downloading {dataset.Name}", $"{coming} {fraction:P0}") { PercentComplete = (int)(100 * fraction) });
        WriteInformation($"{dataset.Name}: licence {dataset.Licence}. {dataset.Citation} {dataset.Homepage}", ["DeepPS", "Licence"]);
        WriteObject(saved);
    }
}
