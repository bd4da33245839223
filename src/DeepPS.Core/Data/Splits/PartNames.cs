namespace DeepPS.Data;

/// <summary>The parts of a set, and the names that folders and columns give them, in any case.</summary>
public static class PartNames
{
    /// <summary>The part that a network learns from.</summary>
    public const string Train = nameof(RowPart.Train);

    /// <summary>The part that monitors training.</summary>
    public const string Validation = nameof(RowPart.Validation);

    /// <summary>The part that influences no decision.</summary>
    public const string Test = nameof(RowPart.Test);

    private static readonly string[][] Names =
    [
        ["train", "training", "trn", "learn", "fit"],
        ["validation", "validate", "valid", "val", "dev", "development"],
        ["test", "testing", "tst", "holdout", "hold-out"],
    ];

    /// <summary>All parts, in the order of <see cref="RowPart"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [Train, Validation, Test];

    /// <summary>The number of the part with a name; -1: the name is that of no part.</summary>
    internal static int Of(string name) =>
        Array.FindIndex(Names, names => names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));

    /// <summary>The other names of a part.</summary>
    internal static IEnumerable<string> Others(int part) => Names[part].Skip(1);
}
