using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Checks that the settings of a column suit its kind.</summary>
internal static class SettingsCheck
{
    /// <summary>
    /// Whether a rule for missing values can be followed: numbers and times have a mean, names a most frequent one.
    /// </summary>
    public static bool Suits(Column column, MissingRule? rule) => rule switch
    {
        null or MissingRule.Drop or MissingRule.Refuse => true,
        MissingRule.Mean or MissingRule.Median => column.HasMean,
        MissingRule.Constant => column.Settings.Fill is not null && column.HasMode,
        _ => column.HasMode,
    };

    /// <summary>Refuses settings that the column cannot have.</summary>
    /// <exception cref="DlException"><c>InvalidColumnSetting</c>.</exception>
    public static void Check(Column column)
    {
        var settings = column.Settings;
        if (settings.Fill is not null && settings.MissingRule is not MissingRule.Constant)
            throw Invalid(column, $"Fill needs the rule Constant for missing values; the rule is {settings.Missing}");
        if (settings.Missing is MissingRule.Constant && settings.Fill is null)
            throw Invalid(
                column, "the rule Constant for missing values needs a Fill: @{ Missing = 'Constant'; Fill = 0 }");
        if (!Suits(column, settings.MissingRule))
            throw Invalid(
                column, $"a column of kind {Kind(column)} has no {settings.MissingRule} to replace missing values");
        if (settings.Scaling is not null && !column.TakesScaling)
            throw Invalid(column, $"Scaling is for numbers; the column's kind is {Kind(column)}");
        if (settings.Parts is not null && column is not TimeColumn && settings.Kind is not ColumnKind.Time)
            throw Invalid(column, $"Parts is for points in time; the column's kind is {Kind(column)}");
        if (settings.Classes is not null)
            throw Invalid(column, "Classes is for a label; this column is an input");
        if ((settings.Children ?? settings.Values?.FirstOrDefault()) is not null && column is not TreeColumn)
            throw Invalid(column, $"Children and Values are for trees; the column's kind is {Kind(column)}");
        if (settings.Parts is { Length: 0 })
            throw Invalid(column, "Parts must name one part of a point in time or more");
        if (settings.Coding is not null && column is not CategoryColumn && settings.Kind is not ColumnKind.Category)
            throw Invalid(column, $"Coding is for names; the column's kind is {Kind(column)}");
    }

    /// <summary>The error for a setting that a column cannot have.</summary>
    public static DlException Invalid(Column column, string why) => new("InvalidColumnSetting",
        DlErrorKind.InvalidArgument, $"Settings of column '{column.Name}': {why}.", column.Name);

    private static string Kind(Column column) => column.Settings.Kind?.ToString() ?? column.Kind;
}
