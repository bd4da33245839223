using System.Collections;
using System.Management.Automation;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Layers;

namespace DeepPS.Abstractions;

/// <summary>What commands that make a dataset of columns share: what is said about single columns, and about all of them.</summary>
public abstract class TableCmdlet : WorkCmdlet
{
    /// <summary>
    /// What is said about single columns, by name: what they are taken for (Number, Category, Boolean, Time, Text or Ignore), or a
    /// hashtable of settings: Kind, Missing, Fill, Scaling, Coding (OneHot or Embedding), Parts of times.
    /// </summary>
    [Parameter]
    [ColumnSettingsConversion]
    public IDictionary? Column { get; set; }

    /// <summary>
    /// What becomes of missing values, where -Column says nothing else and the rule suits the column. Without it: the mean stands for
    /// a number, and a number more says that it was missing.
    /// </summary>
    [Parameter]
    public MissingRule Missing { get; set; }

    /// <summary>How numbers are scaled, where -Column says nothing else. Without it: Standard.</summary>
    [Parameter]
    public Scaling Scaling { get; set; }

    /// <summary>What -Column says, by name.</summary>
    private protected IReadOnlyDictionary<string, ColumnSettings>? ColumnSettings => (IReadOnlyDictionary<string, ColumnSettings>?)Column;

    /// <summary>The dataset with what is said about all of its columns.</summary>
    private protected Dataset WithDefaults(Dataset dataset) =>
        new ColumnDefaults(Given(nameof(Missing)) ? Missing : null, Given(nameof(Scaling)) ? Scaling : null).Apply(dataset);
}
