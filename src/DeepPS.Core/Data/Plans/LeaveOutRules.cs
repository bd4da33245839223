using System.Text.RegularExpressions;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Which columns say nothing that could be learned, and why.</summary>
internal static partial class LeaveOutRules
{
    /// <summary>With more levels than this share of the rows, text names single rows.</summary>
    private const double IdentifierShare = 0.1;

    /// <summary>So few sentences may be names.</summary>
    private const int FewSentences = 5;

    /// <summary>Text of so many words or more is free text, not a name.</summary>
    private const int WordsOfText = 4;

    /// <summary>How many values tell whether a column is free text.</summary>
    private const int Looked = 1000;

    /// <summary>Why a column of training data is left out, in words; null where it is an input.</summary>
    public static string? Reason(Column column) => column switch
    {
        { Settings.LeftOut: { } said } => said,
        { Settings.Kind: ColumnKind.Ignore } => "-Column says so",
        _ when column.Count > 0 && column.Missing == column.Count => "it has no values",
        { Settings.Kind: ColumnKind.Text } => null,
        NumberColumn numbers => Reason(numbers),
        CategoryColumn categories => Reason(categories),
        TimeColumn times when times.Count > 1 && times.Ticks.IndexOfAnyExcept(times.Ticks[0]) < 0 =>
            FormattableString.Invariant($"it is {times[0]:s} in every row"),
        _ => null,
    };

    private static string? Reason(NumberColumn column)
    {
        var values = column.Values;
        if (column.Count > 1 && values.IndexOfAnyExcept(values[0]) < 0)
            return $"it is {NumberText.Format(values[0])} in every row";
        return column.Count > 1 && column.Settings.Kind is null && IsRunning(values) && IsNamedLikeIdentifier(column.Name)
            ? "it numbers the rows: whole numbers that only rise, under a name like an identifier's. If it is more than that, -Column "
                + $"@{{ '{column.Name}' = 'Number' }}"
            : null;
    }

    private static string? Reason(CategoryColumn column)
    {
        var used = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
            if (code >= 0)
                used[code] = true;
        var levels = column.Levels.Where((_, code) => used[code]).ToArray();
        if (levels.Length == 1 && column.Missing == 0 && column.Count > 1)
            return $"it is '{levels[0]}' in every row";
        if (column.Settings.Kind is not null || levels.Length == 0)
            return null;
        var present = column.Count - column.Missing;
        if (levels.Length > FewSentences && levels.Length > IdentifierShare * present && levels.Take(Looked).Average(Words) >= WordsOfText)
            return $"free text: {levels.Length:N0} different values in {present:N0} rows. To learn from its words, -Column @{{ '{column.Name}' = 'Text' }}";
        var different = $"{levels.Length:N0} different values in {column.Count:N0} rows";
        return levels.Length <= EncoderChoice.ManyLevels || levels.Length <= IdentifierShare * column.Count ? null
            : $"an identifier: {different}. If they are names that come again, -Column @{{ '{column.Name}' = 'Category' }}";
    }

    private static int Words(string text) => text.AsSpan().Trim().Count(' ') + 1;

    private static bool IsRunning(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] != Math.Floor(values[i]) || i > 0 && !(values[i] > values[i - 1]))
                return false;
        return true;
    }

    private static bool IsNamedLikeIdentifier(string name) =>
        WordsOfName().Matches(name).Any(word => word.Value.ToLowerInvariant() is "id" or "ids" or "index" or "idx" or "number" or "no" or "nr" or "key" or "row" or "rowid" or "rownumber");

    /// <summary>The words of a name such as CustomerId, customer_id or "customer id".</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex WordsOfName();
}
