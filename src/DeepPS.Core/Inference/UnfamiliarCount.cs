namespace DeepPS.Inference;

/// <summary>Counts the rows with values unlike those of training, by column.</summary>
public sealed class UnfamiliarCount
{
    private readonly SortedDictionary<string, long> columns = new(StringComparer.Ordinal);
    private long rows;

    /// <summary>Adds a row.</summary>
    /// <param name="names">Its columns, as <see cref="Prediction.Unfamiliar"/> lists them; null for none.</param>
    public void Add(string? names)
    {
        if (names is null)
            return;
        rows++;
        foreach (var name in names.Split(", "))
            columns[name] = columns.GetValueOrDefault(name) + 1;
    }

    /// <summary>The counts as a message; null if there are none.</summary>
    public string? Message => rows == 0 ? null
        : (rows == 1 ? "1 row holds" : $"{rows:N0} rows hold")
            + " values unlike those of training, names or words that were rare or absent there, or numbers far outside "
            + $"its range: {string.Join(", ", columns.Select(pair => $"{pair.Key} ({pair.Value:N0})"))}. The "
            + $"property {nameof(Prediction.Unfamiliar)} lists the columns of each row.";
}
