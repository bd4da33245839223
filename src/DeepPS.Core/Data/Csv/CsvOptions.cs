using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How a CSV file is read. Options that are not set are detected from the file.</summary>
public sealed record CsvOptions
{
    /// <summary>The column to predict, by name or by number from 1; null: none.</summary>
    public string? Label { get; init; }

    /// <summary>Further columns to predict together with the label, by name or by number from 1.</summary>
    public IReadOnlyList<string> MoreLabels { get; init; } = [];

    /// <summary>The kind of the label; null: decided by its values.</summary>
    public LabelKind? LabelKind { get; init; }

    /// <summary>
    /// The column with the weight of each row in the loss, by name or by number from 1; null: all the same.
    /// </summary>
    public string? Weight { get; init; }

    /// <summary>Whether the first line names the columns; null: decided by the first lines.</summary>
    public bool? Header { get; init; }

    /// <summary>The character between values; null: comma, semicolon, tab or bar, decided by the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The character around values that hold a delimiter; zero: none. Null: ".</summary>
    public char? Quote { get; init; }

    /// <summary>The encoding by its name, such as utf8, unicode, latin1, windows-1250; null: detected.</summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// The decimal mark; null: a point, or a comma where commas do not delimit values and the numbers need it.
    /// </summary>
    public char? Decimal { get; init; }

    /// <summary>The mark between groups of three digits, such as a comma; null: none, or as the numbers show.</summary>
    public char? Thousands { get; init; }

    /// <summary>The first character of comment lines; null: there are none.</summary>
    public char? Comment { get; init; }

    /// <summary>
    /// The texts that mark missing values, in any case, instead of NA, N/A, NaN, null, none, ? and -; an empty value is
    /// always missing.
    /// </summary>
    public IReadOnlyList<string>? MissingValues { get; init; }

    /// <summary>
    /// The names of all columns in the file's order, which replace a header line or stand in for one.
    /// </summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The columns to read, besides the label and the weight; null: all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The user's wishes for single columns, by name; the values decide the rest.</summary>
    public IReadOnlyDictionary<string, ColumnSettings>? Settings { get; init; }

    /// <summary>
    /// The memory that the columns may take, in bytes; larger data goes to files. Null: half of the machine's free
    /// memory.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// The folder for those files; null: that for temporary files. They have no name there, and are gone when the
    /// process ends.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>Receives messages about decisions.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Receives warnings: values that count as missing, rows without a label.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Told how much of the files is read, from 0 to 1, by one thread at a time.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>The number of bytes of a file that one core reads at once.</summary>
    internal int ChunkSize { get; init; } = 1 << 19;

    /// <summary>Whether rows without quotes are read the fast way, without CsvHelper.</summary>
    internal bool FastPath { get; init; } = true;

    /// <summary>The settings by name in any case.</summary>
    internal Dictionary<string, ColumnSettings> SettingsByName() =>
        Settings is null ? [] : new(Settings, StringComparer.OrdinalIgnoreCase);
}
