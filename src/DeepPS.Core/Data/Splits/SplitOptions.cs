using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How a dataset is split: at random, or by one of its columns.</summary>
public sealed record SplitOptions
{
    /// <summary>
    /// The share of rows for validation, from 0 to below 1; with folds, the share of the rows outside the test.
    /// </summary>
    public double Validation { get; init; }

    /// <summary>The share of rows kept for the test, from 0 to below 1; folds have their own test parts.</summary>
    public double Test { get; init; }

    /// <summary>The random seed: the same seed gives the same parts.</summary>
    public int Seed { get; init; }

    /// <summary>Whether each part gets each class in the same share, where the label is a class.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>
    /// A column whose values no two parts share: all rows of a value are in one part. Null: rows are assigned one by
    /// one.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>
    /// A column of times or numbers: the latest rows are for the test, those before them for validation. Null: not by
    /// time.
    /// </summary>
    public string? Time { get; init; }

    /// <summary>A column that names each row's part. Null: none.</summary>
    public string? By { get; init; }

    /// <summary>Receives messages about decisions.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Receives a warning of the columns that are left out.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Refuses shares that leave no rows to train on.</summary>
    /// <exception cref="DlException"><c>InvalidFraction</c>.</exception>
    internal void CheckShares()
    {
        foreach (var (name, value) in new[] { (nameof(Validation), Validation), (nameof(Test), Test) })
            if (!(value is >= 0 and < 1))
                throw new DlException("InvalidFraction", DlErrorKind.InvalidArgument,
                    $"{name} must be a share of the rows from 0 to below 1, such as 0.1; got {value}.", value);
        if (Validation + Test >= 1)
            throw new DlException("InvalidFraction", DlErrorKind.InvalidArgument,
                $"Validation {Validation} and Test {Test} leave no rows to train on; together they must be below 1.",
                    Validation + Test);
    }

    /// <summary>The number of rows in a share of some.</summary>
    internal static int Rows(int count, double share) => (int)Math.Round(count * share, MidpointRounding.AwayFromZero);
}
