using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How a CSV file is read. What is not given is found out from the file.</summary>
public sealed record CsvOptions
{
    /// <summary>The column to be predicted, by name or by number from 1; null: none.</summary>
    public string? Label { get; init; }

    /// <summary>Further columns to be predicted with the label, by name or by number from 1.</summary>
    public IReadOnlyList<string> MoreLabels { get; init; } = [];

    /// <summary>What the label is; null: decided by its values.</summary>
    public LabelKind? LabelKind { get; init; }

    /// <summary>The column that says how much each row counts in the loss, by name or by number from 1; null: all the same.</summary>
    public string? Weight { get; init; }

    /// <summary>Whether the first line names the columns; null: decided by the first lines.</summary>
    public bool? Header { get; init; }

    /// <summary>What stands between two values; null: comma, semicolon, tab or bar, decided by the first lines.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What stands around values that hold a delimiter; a zero: nothing does. Null: ".</summary>
    public char? Quote { get; init; }

    /// <summary>The encoding by its name, such as utf8, unicode, latin1, windows-1250; null: found out.</summary>
    public string? Encoding { get; init; }

    /// <summary>What stands before decimals; null: a point, or a comma where no commas stand between values and the numbers say so.</summary>
    public char? Decimal { get; init; }

    /// <summary>What stands between groups of three digits, such as a comma; null: nothing, or what the numbers say.</summary>
    public char? Thousands { get; init; }

    /// <summary>What a line begins with that is a comment and no row; null: there are none.</summary>
    public char? Comment { get; init; }

    /// <summary>The texts that stand for no value, in any case, in place of NA, N/A, NaN, null, none, ? and -; an empty value always is none.</summary>
    public IReadOnlyList<string>? MissingValues { get; init; }

    /// <summary>The names of all columns in the file's order, in place of a header line or where there is none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The only columns to read, besides the label and the weight; null: all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What is said about single columns, by name; the rest is decided by their values.</summary>
    public IReadOnlyDictionary<string, ColumnSettings>? Settings { get; init; }

    /// <summary>How much memory the columns may take, in bytes; what is more goes to files. Null: half of what the machine has left.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Where those files are made; null: the folder for temporary files. They have no name there, and go with the process.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Told what was decided.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Told how much of the files is read, from 0 to 1, now and then, by one thread at a time.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>How many bytes of a file are read at once, by one core.</summary>
    internal int ChunkSize { get; init; } = 1 << 19;

    /// <summary>Whether rows without quotes are read the fast way, not by CsvHelper.</summary>
    internal bool FastPath { get; init; } = true;

    /// <summary>The settings by name in any case.</summary>
    internal Dictionary<string, ColumnSettings> SettingsByName() => Settings is null ? [] : new(Settings, StringComparer.OrdinalIgnoreCase);
}
