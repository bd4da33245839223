using System.Collections;
using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Abstractions;

/// <summary>Base of commands that make a dataset with columns: settings of single columns and of all columns.</summary>
public abstract class TableCmdlet : WorkCmdlet
{
    /// <summary>
    /// Settings of single columns, by name: a kind (Number, Category, Boolean, Time, Text, Tree or Ignore), or a
    /// hashtable of settings: Kind, Missing, Fill, Scaling, Coding (OneHot or Embedding), Parts of times, Classes of a
    /// label (all of them in the order of the outputs, also those that do not occur), Children and Values of trees.
    /// Default: decided from each column's values.
    /// </summary>
    [Parameter]
    [ColumnSettingsConversion]
    [ArgumentCompleter(typeof(ColumnSettingsCompleter))]
    public IDictionary? Column { get; set; }

    /// <summary>
    /// How missing values are replaced in columns that the rule suits, unless -Column sets it. Default: the mean for a
    /// number, with an extra input that marks the missing values.
    /// </summary>
    [Parameter]
    public MissingRule? Missing { get; set; }

    /// <summary>How numbers are scaled, unless -Column sets it. Default: Standard.</summary>
    [Parameter]
    public Scaling? Scaling { get; set; }

    /// <summary>The settings in -Column, by column name.</summary>
    internal IReadOnlyDictionary<string, ColumnSettings>? ColumnSettings =>
        (IReadOnlyDictionary<string, ColumnSettings>?)Column;

    /// <summary>Applies -Missing and -Scaling to a dataset.</summary>
    internal Dataset WithDefaults(Dataset dataset) =>
        new ColumnDefaults(Missing, Scaling).Apply(dataset);
}
