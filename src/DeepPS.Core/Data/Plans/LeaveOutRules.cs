namespace DeepPS.Data;

/// <summary>Finds the columns that are no input, and says why.</summary>
internal static class LeaveOutRules
{
    /// <summary>Why a column of training data is left out; null where it is an input.</summary>
    public static string? Reason(Column column) => column switch
    {
        { Facts.LeftOut: { } reason } => reason,
        { Settings.Kind: ColumnKind.Ignore } => "-Column says so",
        _ when column.Count > 0 && column.Missing == column.Count => "it has no values",
        { Settings.Kind: ColumnKind.Text } => null,
        _ => column.WhyUseless(),
    };
}
