using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>
/// Download a published dataset and verify it: MNIST, FashionMNIST, NotMNIST, CIFAR10, CIFAR100, Iris,
/// Penguins.
/// </summary>
/// <remarks>
/// Files are saved in the user's cache (deepps/datasets under XDG_CACHE_HOME, ~/.cache or %LOCALAPPDATA%), or under
/// -Destination in a folder of the dataset's name. Complete files are not downloaded again. After an interruption or
/// Ctrl+C, the next call continues the download. A file with a wrong checksum is deleted. Pipe the output to
/// Import-DlDataset to read the dataset with its label. The licence is a property of the output and is written to the
/// information stream.
/// </remarks>
/// <example>
/// <code>$split = Save-DlDataset Penguins | Import-DlDataset | Split-DlDataset -Test 0.2 -Seed 1</code>
/// <para>Downloads the penguins of the Palmer Archipelago, labelled with their species, and splits them.</para>
/// </example>
/// <example>
/// <code>$split = Save-DlDataset MNIST -Verbose | Import-DlDataset
/// $test  = Save-DlDataset MNIST | Import-DlDataset -Part Test</code>
/// <para>Downloads MNIST, reporting the address, and reads its training and test images as a split; then reads the
/// test images alone.</para>
/// </example>
/// <example>
/// <code>Save-DlDataset CIFAR10 -Destination ./data -BaseUri https://mirror.example/cifar/</code>
/// <para>Downloads CIFAR-10 from another server to the folder ./data/CIFAR10.</para>
/// </example>
[Cmdlet(VerbsData.Save, "DlDataset", SupportsShouldProcess = true)]
[OutputType(typeof(SavedDataset))]
public sealed class SaveDlDatasetCommand : WorkCmdlet
{
    /// <summary>The dataset, by name or alias. Get-DlCatalog KnownDataset lists them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(CatalogCompleter<KnownDataset>))]
    public string[] Name { get; set => field = value ?? []; } = [];

    /// <summary>The folder for the dataset's own folder. Default: the user's cache.</summary>
    [Parameter(Position = 1)]
    public string? Destination { get; set; }

    /// <summary>The address of a mirror: a folder with the dataset's files. Default: the publisher's address.</summary>
    [Parameter]
    public Uri? BaseUri { get; set; }

    /// <summary>Downloads complete files again.</summary>
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
        var (fraction, current) = (0.0, "");
        Action<Action>? write = null;
        var saver = new DatasetSaver(dataset, new SaveOptions
        {
            Destination = Destination is null ? null : this.ResolveTarget(Destination),
            BaseUri = BaseUri,
            Log = text => write!(() => WriteVerbose(text)),
            Progress = (done, file) => (fraction, current) = (done, file),
        });
        var missing = Force ? dataset.Files : Work(saver.Missing);
        var action = $"Download {dataset.Name} ({DatasetSaver.AmountOf(missing)}) from {saver.Addresses[0]}";
        if (missing.Count > 0 && !ShouldProcess(saver.Folder, action))
            return;
        SavedDataset? saved = null;
        Work((toPipeline, cancel) =>
            {
                write = toPipeline;
                saved = saver.Save(missing, cancel);
            },
            () => new ProgressRecord(1, $"Downloading {dataset.Name}", $"{current} {fraction:P0}")
            {
                PercentComplete = (int)(100 * fraction),
            });
        WriteInformation($"{dataset.Name}: licence {dataset.Licence}. {dataset.Citation} {dataset.Homepage}",
            ["DeepPS", "Licence"]);
        WriteObject(saved);
    }
}
