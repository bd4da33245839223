using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Which settings a column of a kind takes.</summary>
internal static class SettingsCheck
{
    /// <summary>Whether a rule for missing values can be kept: numbers and times have a mean, names a most frequent one.</summary>
    public static bool Suits(Column column, MissingRule? rule) => rule switch
    {
        null or MissingRule.Drop or MissingRule.Refuse => true,
        MissingRule.Mean or MissingRule.Median => column is TimeColumn || TakesScaling(column),
        MissingRule.Constant => column.Settings.Fill is not null && column is NumberColumn or CategoryColumn or TimeColumn,
        _ => column is NumberColumn or CategoryColumn or TimeColumn,
    };

    /// <summary>Whether it holds numbers that count as such.</summary>
    public static bool TakesScaling(Column column) => column is NumberColumn && column.Settings.Kind is null or ColumnKind.Number
        || column.Settings.Kind is ColumnKind.Number;

    /// <summary>Refuses settings that the column cannot have.</summary>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>.</exception>
    public static void Check(Column column)
    {
        var settings = column.Settings;
        if (settings.Fill is not null && settings.MissingRule is not MissingRule.Constant)
            throw Invalid(column, $"Fill stands for missing values under the rule Constant alone; it is {settings.Missing}");
        if (settings.Missing is MissingRule.Constant && settings.Fill is null)
            throw Invalid(column, "the rule Constant for missing values wants a Fill: @{ Missing = 'Constant'; Fill = 0 }");
        if (!Suits(column, settings.MissingRule))
            throw Invalid(column, $"a column of kind {Kind(column)} has no {settings.MissingRule} to stand for missing values");
        if (settings.Scaling is not null && !TakesScaling(column))
            throw Invalid(column, $"Scaling is for numbers; its kind is {Kind(column)}");
        if (settings.Parts is not null && column is not TimeColumn && settings.Kind is not ColumnKind.Time)
            throw Invalid(column, $"Parts are those of points in time; its kind is {Kind(column)}");
        if (settings.Parts is { Length: 0 })
            throw Invalid(column, "Parts names one part of a point in time or more");
        if (settings.Coding is not null && column is not CategoryColumn && settings.Kind is not ColumnKind.Category)
            throw Invalid(column, $"Coding is for names; its kind is {Kind(column)}");
    }

    /// <summary>The error for a setting that a column cannot have.</summary>
    public static DlException Invalid(Column column, string why) => new("InvalidColumnSetting", DlErrorKind.InvalidArgument,
        $"Settings of column '{column.Name}': {why}.", column.Name);

    private static string Kind(Column column) => column.Settings.Kind?.ToString() ?? column.Kind;
}
