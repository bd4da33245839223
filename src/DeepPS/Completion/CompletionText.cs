using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace DeepPS.Completion;

/// <summary>Completions of plain names, in quotes where PowerShell needs them.</summary>
internal static partial class CompletionText
{
    /// <summary>The names that begin with what was typed.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> names, string typed, string help)
    {
        typed = typed.Trim('\'', '"');
        return names.Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(name =>
            new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, $"{help} {name}"));
    }

    /// <summary>A name as it is typed as an argument or a key.</summary>
    public static string Quote(string name) =>
        Plain().IsMatch(name) ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";

    [GeneratedRegex(@"^[A-Za-z_]\w*(-\w+)*$")]
    private static partial Regex Plain();
}
