using DeepPS.Common;

namespace DeepPS.Abstractions;

/// <summary>Shows the error for a property that objects lack once, and counts the objects.</summary>
internal sealed class MissingProperties
{
    private readonly Dictionary<string, int> counts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an error is to be shown: it is another one, or the first for its property.</summary>
    public bool Shows(Exception error)
    {
        if (error is not DlException { Id: "ColumnNotFound", Target: string column })
            return true;
        counts[column] = counts.GetValueOrDefault(column) + 1;
        return counts[column] == 1;
    }

    /// <summary>For each property that several objects lack, a warning.</summary>
    /// <param name="consequence">What follows, in words after "so they".</param>
    public IEnumerable<string> Warnings(string consequence) => counts.Where(pair => pair.Value > 1).Select(pair =>
        $"{pair.Value:N0} objects have no property '{pair.Key}', so they {consequence}. The error of the first is "
        + "shown.");
}
