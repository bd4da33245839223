using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeepPS.Plots;

namespace DeepPS.Completion;

/// <summary>Completes the names of plots, with their help.</summary>
public sealed class PlotCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => PlotKind.All
        .Where(kind => kind.Name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
        .Select(kind =>
            new CompletionResult(kind.Name, kind.Name, CompletionResultType.ParameterValue, kind.Summary));
}
