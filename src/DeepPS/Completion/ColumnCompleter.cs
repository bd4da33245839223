using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeepPS.Data;

namespace DeepPS.Completion;

/// <summary>Completes names of columns from the file, the dataset or the objects in the same pipeline.</summary>
public sealed class ColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Of(PipelineData.Columns(commandAst, fakeBoundParameters), wordToComplete, "Column");
}

/// <summary>Completes the settings of columns: a hashtable with a column's name, to be filled in.</summary>
public sealed class ColumnSettingsCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        PipelineData.Columns(commandAst, fakeBoundParameters).SelectMany(column => Enum.GetNames<ColumnKind>()
            .Select(kind => $"@{{ {CompletionText.Quote(column)} = '{kind}' }}"))
        .Where(text => text.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
        .Select(text => new CompletionResult(text, text, CompletionResultType.ParameterValue, text));
}

/// <summary>Completes class weights: Balanced, or a hashtable with every class of the label.</summary>
public sealed class ClassWeightCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string[] texts = PipelineData.Dataset(commandAst, fakeBoundParameters)?.Label is CategoryColumn label
            ? ["Balanced", $"@{{ {string.Join("; ", label.Levels.Select(Weighted))} }}"] : ["Balanced"];
        return texts.Where(text => text.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Select(text => new CompletionResult(text, text, CompletionResultType.ParameterValue, text));
    }

    private static string Weighted(string name) => $"{CompletionText.Quote(name)} = 1";
}

/// <summary>Completes the values of an epoch that early stopping can watch.</summary>
public sealed class MonitorCompleter : IArgumentCompleter
{
    private const string Validation = "Validation";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var metrics = fakeBoundParameters["Metric"] switch
        {
            string name => [name],
            IEnumerable names => names.Cast<object?>().OfType<string>().ToArray(),
            _ => PipelineData.Dataset(commandAst, fakeBoundParameters)?.Label switch
            {
                null => ["Accuracy", "MAE"],
                NumberColumn => ["MAE"],
                _ => new[] { "Accuracy" },
            },
        };
        return CompletionText.Of(metrics.Prepend("Loss").SelectMany(name => new[] { Validation + name, name }),
            wordToComplete, "Value of each epoch");
    }
}

/// <summary>Completes text encodings.</summary>
public sealed class EncodingCompleter : IArgumentCompleter
{
    private static readonly string[] Names =
    [
        "utf-8", "utf-16", "utf-16BE", "utf-32", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1250",
        "windows-1252",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Of(Names, wordToComplete, "Text encoding");
}
