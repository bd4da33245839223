namespace DeepPS.Data;

/// <summary>Settings for all columns: they apply where a column has none of its own and its kind takes them.</summary>
/// <param name="Missing">What happens to missing values; null: decided by the kind.</param>
/// <param name="Scaling">How numbers are scaled; null: standardised.</param>
public sealed record ColumnDefaults(MissingRule? Missing = null, Scaling? Scaling = null)
{
    /// <summary>A dataset whose columns, except label and weight, have these settings.</summary>
    public Dataset Apply(Dataset data) =>
        this == new ColumnDefaults() ? data : data.With(column => column.With(Settings(column)));

    private ColumnSettings Settings(Column column) => column.Settings with
    {
        Missing = column.Settings.MissingRule ?? (SettingsCheck.Suits(column, Missing) ? Missing : null),
        Scaling = column.Settings.Scaling ?? (column.TakesScaling ? Scaling : null),
    };
}
