using System.Text.RegularExpressions;

namespace DeepPS.Data;

/// <summary>Recognises names of columns that number rows, such as CustomerId.</summary>
internal static partial class IdentifierName
{
    private static readonly HashSet<string> Marks = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "ids", "index", "idx", "number", "no", "nr", "key", "row", "rowid", "rownumber",
    };

    /// <summary>Whether a word of the name marks an identifier.</summary>
    public static bool Is(string name) => Words().Matches(name).Any(word => Marks.Contains(word.Value));

    /// <summary>The words of a name such as CustomerId, customer_id or "customer id".</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();
}
