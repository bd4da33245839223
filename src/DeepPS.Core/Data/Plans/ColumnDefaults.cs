namespace DeepPS.Data;

/// <summary>What is said about all columns at once, where nothing is said about one alone and it suits the column's kind.</summary>
/// <param name="Missing">What becomes of missing values; null: decided by the kind.</param>
/// <param name="Scaling">How numbers are scaled; null: standardised.</param>
public sealed record ColumnDefaults(MissingRule? Missing = null, Scaling? Scaling = null)
{
    /// <summary>A dataset whose columns, label and weight apart, have these settings.</summary>
    public Dataset Apply(Dataset data) =>
        this == new ColumnDefaults() ? data : data.With(column => column.With(Settings(column)));

    private ColumnSettings Settings(Column column) => column.Settings with
    {
        Missing = column.Settings.MissingRule ?? (SettingsCheck.Suits(column, Missing) ? Missing : null),
        Scaling = column.Settings.Scaling ?? (SettingsCheck.TakesScaling(column) ? Scaling : null),
    };
}
