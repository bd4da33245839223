using System.Collections;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;

namespace DeepPS.Commands;

/// <summary>Measure how much a model depends on each column of its data.</summary>
/// <remarks>
/// Permutation importance: the values of a column are exchanged between the rows at random, and the metric is measured
/// again. Importance is how much worse it is; near 0, the model does not need the column. Breiman (2001), as
/// scikit-learn's permutation_importance. If two columns say the same, the model can read either of them, and both seem
/// unimportant: measure them as a -Group. Measure on data that the model was not trained on.
///
/// With -Curve, partial dependence is returned: the mean prediction if each row had the same value in the column.
/// </remarks>
/// <example>
/// <code>$model | Measure-DlImportance $split.Test | Sort-Object Importance -Descending</code>
/// <para>Lists the columns, the most important first.</para>
/// </example>
/// <example>
/// <code>$model | Measure-DlImportance $split -Group @{ Bill = 'Bill*'; Place = 'Island' } -Repeats 20</code>
/// <para>Measures columns together, with twenty permutations of each group.</para>
/// </example>
/// <example>
/// <code>$model | Measure-DlImportance $split -Lag -Metric MAE | Export-Csv lags.csv</code>
/// <para>Measures each step of the windows of a time series: lag 1 is the last known one.</para>
/// </example>
/// <example>
/// <code>$model | Measure-DlImportance $split -Curve Age | Where-Object Class -eq yes</code>
/// <para>Shows how the probability of a class changes with a column.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DlImportance", DefaultParameterSetName = ColumnSet)]
[OutputType(typeof(ColumnImportance), ParameterSetName = [ColumnSet, LagSet])]
[OutputType(typeof(PartialDependence), ParameterSetName = [CurveSet])]
public sealed class MeasureDlImportanceCommand : WorkCmdlet
{
    private const string ColumnSet = "Column", LagSet = "Lag", CurveSet = "Curve";

    /// <summary>A trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>
    /// The data to measure on, as for Measure-DlModel: a dataset; a split, whose test part is used; rows; CSV files;
    /// image files or folders.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Data { get; set; } = null!;

    /// <summary>
    /// The columns to measure. Wildcards are allowed. Default: all, with -Group those in no group.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = ColumnSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[]? Column { get; set; }

    /// <summary>
    /// Columns that are permuted together: a hashtable of a name for each group and its columns. Wildcards are allowed.
    /// Default: none.
    /// </summary>
    [Parameter(ParameterSetName = ColumnSet)]
    public Hashtable? Group { get; set; }

    /// <summary>
    /// Measures each step of sequences (windows of a time series, arrays, text) instead of columns. Lag 1 is the last
    /// step.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = LagSet)]
    public SwitchParameter Lag { get; set; }

    /// <summary>The columns whose partial dependence is measured. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CurveSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] Curve { get; set; } = [];

    /// <summary>
    /// Number of values of a curve, from the 5th to the 95th percentile of the column; of categories all are used.
    /// </summary>
    [Parameter(ParameterSetName = CurveSet)]
    [ValidateRange(2, 10_000)]
    public int PointCount { get; set; } = 20;

    /// <summary>Number of permutations of each column.</summary>
    [Parameter(ParameterSetName = ColumnSet)]
    [Parameter(ParameterSetName = LagSet)]
    [ValidateRange(1, 10_000)]
    public int Repeats { get; set; } = 5;

    /// <summary>
    /// The metrics, by name or from New-DlMetric; a row is returned for each. Default: accuracy for classes, RMSE for
    /// numbers.
    /// </summary>
    [Parameter(ParameterSetName = ColumnSet)]
    [Parameter(ParameterSetName = LagSet)]
    [CatalogItem<Metric>]
    [ArgumentCompleter(typeof(CatalogCompleter<Metric>))]
    public Metric[]? Metric { get; set; }

    /// <summary>Number of rows at most, chosen at random. Default: all.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>The seed of the permutations and of the choice of rows.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <inheritdoc/>
    protected override void Process()
    {
        var columns = ImportanceMeter.Columns(Model);
        var data = MeasuredData.Of(this, Model, Data);
        if (Count < data.Count)
            data = data.Take(SampleChoice.Choose(data, Count.Value, [], Seed).ToArray());
        if (ParameterSetName == CurveSet)
            WriteCurves(data, NamePatterns.Match(Curve, columns, nameof(Column)));
        else
            WriteImportance(data, columns);
    }

    private void WriteImportance(Dataset data, IReadOnlyList<string> columns)
    {
        var options = new ImportanceOptions
        {
            Columns = Column is null ? null : NamePatterns.Match(Column, columns, nameof(Column)),
            Groups = Groups(columns),
            ByLag = Lag,
            Repeats = Repeats,
            Metrics = Metric,
            Seed = Seed,
        };
        var share = 0.0;
        Work((write, cancel) =>
        {
            foreach (var row in ImportanceMeter.Measure(Model, data, options, cancel, done => share = done))
                write(() => WriteObject(row));
        }, () => new ProgressRecord(1, "Measuring importance", $"{share:P0} of {data.Count:N0} rows")
        {
            PercentComplete = (int)(100 * share),
        });
    }

    private void WriteCurves(Dataset data, string[] columns)
    {
        var done = 0;
        Work((write, cancel) =>
        {
            foreach (var column in columns)
            {
                foreach (var point in DependenceCurve.Measure(Model, data, column, PointCount, cancel))
                    write(() => WriteObject(point));
                done++;
            }
        }, () => new ProgressRecord(1, "Measuring curves", $"{done:N0} of {columns.Length:N0} columns")
        {
            PercentComplete = 100 * done / columns.Length,
        });
    }

    private KeyValuePair<string, IReadOnlyList<string>>[] Groups(IReadOnlyList<string> columns)
    {
        return (Group ?? []).Cast<DictionaryEntry>().OrderBy(entry => $"{entry.Key}", StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create<string, IReadOnlyList<string>>($"{entry.Key}",
                NamePatterns.Match(Names(entry), columns, nameof(Column)))).ToArray();

        static string[] Names(DictionaryEntry entry) => PipelineValue.Unwrap(entry.Value) switch
        {
            string name => [name],
            IEnumerable names => names.Cast<object?>().Select(name => $"{name}").ToArray(),
            var other => throw new DlException("InvalidGroup", DlErrorKind.InvalidArgument,
                $"Group '{entry.Key}' must be a name or a list of names of columns; got "
                + $"{ModelSource.TypeName(other)}.", entry.Key),
        };
    }
}
