using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DeepPS.Catalog;
using DeepPS.Layers;

namespace DeepPS.Completion;

/// <summary>Completes the names of one kind of catalog item, with their help.</summary>
/// <typeparam name="T">The base of the kind, such as <see cref="Layer"/>.</typeparam>
public sealed class CatalogCompleter<T> : IArgumentCompleter where T : CatalogItem
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName,
        string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        foreach (var entry in Entries())
            foreach (var name in entry.Aliases.Prepend(entry.Name).Where(name => Starts(name, typed)).Take(1))
                yield return new CompletionResult(name, name, CompletionResultType.ParameterValue,
                    entry.Summary is { Length: > 0 } summary ? summary : name);
    }

    private static IEnumerable<CatalogEntry> Entries()
    {
        var kind = CatalogIndex.KindOf(typeof(T))!.Value;
        var entries = CatalogIndex.Get(kind);
        return kind == CatalogKind.Layer ? entries.Concat(CatalogIndex.Get(CatalogKind.Activation)) : entries;
    }

    private static bool Starts(string name, string typed) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
