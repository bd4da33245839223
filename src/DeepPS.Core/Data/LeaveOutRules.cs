using System.Text.RegularExpressions;

namespace DeepPS;

/// <summary>Which columns say nothing that could be learned, and why.</summary>
internal static partial class LeaveOutRules
{
    /// <summary>Text with more levels than this is looked at closely.</summary>
    private const int ManyLevels = 20;

    /// <summary>Text with more levels than this is never one-hot: each level is a column.</summary>
    private const int TooManyLevels = 1000;

    /// <summary>With more levels than this share of the rows, text names single rows.</summary>
    private const double IdentifierShare = 0.1;

    /// <summary>Why a column of training data is left out, in words; null where it is an input.</summary>
    public static string? Reason(Column column) => column switch
    {
        { Settings.LeftOut: { } said } => said,
        _ when column.Count > 0 && column.Missing == column.Count => "it has no values",
        { Settings.Kind: ColumnKind.Text } => null,
        NumberColumn numbers => Reason(numbers),
        CategoryColumn categories => Reason(categories),
        TimeColumn => "points in time are no input yet",
        _ => null,
    };

    private static string? Reason(NumberColumn column)
    {
        var values = column.Values;
        if (column.Count > 1 && values.IndexOfAnyExcept(values[0]) < 0)
            return $"it is {NumberText.Format(values[0])} in every row";
        return column.Count > 1 && IsNamedLikeIdentifier(column.Name) && IsRunning(values)
            ? "it numbers the rows: whole numbers that only rise, under a name like an identifier's"
            : null;
    }

    private static string? Reason(CategoryColumn column)
    {
        var used = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
            if (code >= 0)
                used[code] = true;
        var distinct = used.Count(value => value);
        if (distinct == 1 && column.Missing == 0 && column.Count > 1)
            return $"it is '{column.Levels[column.Codes[0]]}' in every row";
        if (distinct > ManyLevels && distinct > IdentifierShare * column.Count)
            return $"free text or an identifier: {distinct:N0} different values in {column.Count:N0} rows";
        return distinct > TooManyLevels ? $"it has {distinct:N0} different values, more than the {TooManyLevels:N0} that one-hot takes" : null;
    }

    private static bool IsRunning(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] != Math.Floor(values[i]) || i > 0 && !(values[i] > values[i - 1]))
                return false;
        return true;
    }

    private static bool IsNamedLikeIdentifier(string name) =>
        Words().Matches(name).Any(word => word.Value.ToLowerInvariant() is "id" or "ids" or "index" or "idx" or "number" or "no" or "nr" or "key" or "row" or "rowid" or "rownumber");

    /// <summary>The words of a name such as CustomerId, customer_id or "customer id".</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();
}
