using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Training;

namespace DeepPS.Commands;

/// <summary>Make a schedule, which changes the learning rate over a run.</summary>
/// <remarks>
/// Use it with -Schedule of Invoke-DlTraining. The settings of the type are parameters of their own, the first ones
/// positional; (Get-DlCatalog Schedule NAME).Settings lists them. Where such an object is expected, its name alone
/// means its default settings.
/// </remarks>
/// <example>
/// <code>$schedule = New-DlSchedule Step 5 0.5
/// $model | Invoke-DlTraining -Data $split -Epochs 20 -Schedule $schedule</code>
/// <para>Halves the learning rate after every five epochs.</para>
/// </example>
/// <example>
/// <code>$model | Invoke-DlTraining -Data $split -Schedule (New-DlSchedule Warmup 2 -After Cosine)</code>
/// <para>Raises the learning rate over two epochs, then lowers it along a cosine.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DlSchedule")]
[OutputType(typeof(Schedule))]
public sealed class NewDlScheduleCommand : SettingsCmdlet
{
    /// <summary>The type of schedule, by name or alias. Get-DlCatalog Schedule lists them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(CatalogCompleter<Schedule>))]
    public string Type { get; set; } = "";

    /// <inheritdoc/>
    protected internal override CatalogKind ItemKind => CatalogKind.Schedule;

    /// <inheritdoc/>
    protected override string ItemName => Type;
}
