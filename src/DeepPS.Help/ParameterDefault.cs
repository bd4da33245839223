using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepPS.Help;

/// <summary>
/// The default of a parameter, as help shows it: the value that the property has in a new instance of the cmdlet; where
/// that is null or an empty list, the doc comment's last sentence, <c>Default: one per core.</c>
/// </summary>
internal static partial class ParameterDefault
{
    /// <summary>The default of a parameter; null where it must be given.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="cmdlet">A new instance of its cmdlet.</param>
    /// <param name="summary">The parameter's doc comment.</param>
    public static string? Of(ParameterFace parameter, object cmdlet, string summary) =>
        parameter.IsMandatory ? null
        : parameter.IsSwitch ? "False"
        : Text(parameter.Property.GetValue(cmdlet)) ?? Sentence(summary);

    /// <summary>The doc comment with the default as its last sentence; switches are off by default, unsaid.</summary>
    public static string Describe(ParameterFace parameter, object cmdlet, string summary) =>
        parameter.IsSwitch || Of(parameter, cmdlet, summary) is not { } value || Sentence(summary) is not null
            ? summary : $"{summary} Default: {value}.";

    /// <summary>The default that a doc comment names in its last sentence; null where it names none.</summary>
    public static string? Sentence(string summary) =>
        DefaultSentence().Match(summary) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A value as a user writes it; null for none.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IEnumerable list => list.Cast<object?>().ToArray() is { Length: > 0 } items
            ? string.Join(", ", items.Select(Text)) : null,
        _ when value.GetType().GetProperty("Entry")?.GetValue(value) is { } entry => entry.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    [GeneratedRegex(@"\bDefault: (.+)\.$")]
    private static partial Regex DefaultSentence();
}
