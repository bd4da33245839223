using System.Management.Automation;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>Names that parameters give by wildcard.</summary>
internal static class NamePatterns
{
    /// <summary>The names that match any of the patterns, in their own order. A pattern without a match is most likely
    /// mistyped, so it is an error.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="names">The names.</param>
    /// <param name="kind">The kind of name, in PascalCase: <c>Column</c>.</param>
    /// <exception cref="DlException"><c>ColumnNotFound</c> and so on.</exception>
    public static string[] Match(IEnumerable<string> patterns, IReadOnlyList<string> names, string kind)
    {
        var found = new HashSet<string>();
        foreach (var pattern in patterns)
        {
            var wildcard = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
            var matches = names.Where(name => wildcard.IsMatch(name)
                || string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase)).ToArray();
            var nearest = NearestName.Of(pattern, names);
            if (matches.Length == 0)
                throw new DlException($"{kind}NotFound", DlErrorKind.NotFound,
                    $"No {kind.ToLowerInvariant()} of the model is named '{pattern}'. "
                    + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
                    + $"{kind}s: {string.Join(", ", names)}.", pattern);
            found.UnionWith(matches);
        }

        return names.Where(found.Contains).ToArray();
    }
}
