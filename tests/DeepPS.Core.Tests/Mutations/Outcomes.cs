using DeepPS.Common;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DeepPS.Tests;

/// <summary>
/// What became of mutated input: it was taken, or refused by an error of ours. Anything else, and a message with words
/// of .NET or libtorch, is a finding.
/// </summary>
internal sealed class Outcomes
{
    private static readonly string[] Foreign =
    [
        "Object reference", "node must be", "element must be", "LineNumber:", "Exception", "(Parameter '", "Arg_",
        "at least one element", "Index was", "was not present in the dictionary", "Unable to cast", "input string",
        "Value was either", "expected scalar type", "c10", "shape '", "size mismatch", "The JSON", "invocation",
    ];

    private readonly SortedDictionary<string, int> counts = [];
    private readonly SortedDictionary<string, (int Count, string Text)> findings = [];

    public void Try(Action use)
    {
        try
        {
            use();
            Count("taken");
        }
        catch (DlException e) when (IsOurs(e))
        {
            Count(e.Id);
        }
        catch (Exception e)
        {
            var place = e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("DeepPS.")) ?? "";
            var key = $"{e.GetType().Name} {place.Trim()}";
            findings[key] = (findings.GetValueOrDefault(key).Count + 1, e.ToString());
        }
    }

    /// <summary>Fails if there are findings, or if nothing was refused.</summary>
    public void Check(ITestOutputHelper output)
    {
        output.WriteLine(string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value:N0}")));
        if (findings.Count > 0)
            throw new XunitException(
                string.Join("\n\n", findings.Select(pair => $"{pair.Value.Count} x {pair.Value.Text}")));
        Assert.Contains(counts.Keys, key => key != "taken");
    }

    private void Count(string outcome) => counts[outcome] = counts.GetValueOrDefault(outcome) + 1;

    private static bool IsOurs(DlException error)
    {
        for (var cause = error.InnerException; cause is not null; cause = cause.InnerException)
            if (cause is not (InvalidDataException or IOException or UnauthorizedAccessException)
                && cause.GetType().Assembly != typeof(DlException).Assembly
                && error.Message.Contains(cause.Message.TrimEnd('.'), StringComparison.Ordinal))
                return false;
        return !Foreign.Any(words => error.Message.Contains(words, StringComparison.Ordinal));
    }
}
