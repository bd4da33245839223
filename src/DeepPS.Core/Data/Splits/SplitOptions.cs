using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How a dataset is split: at random, or by one of its columns.</summary>
public sealed record SplitOptions
{
    /// <summary>The share of rows that training is watched by, from 0 to below 1; of folds, the share of the rows that are not in the test.</summary>
    public double Validation { get; init; }

    /// <summary>The share of rows kept for the test, from 0 to below 1; folds have a test part of their own.</summary>
    public double Test { get; init; }

    /// <summary>The same seed gives the same parts.</summary>
    public int Seed { get; init; }

    /// <summary>Whether each part gets each class in the same share, where the label is a class.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>A column whose value no two parts share: all rows of a value are in one part. Null: rows are dealt one by one.</summary>
    public string? Group { get; init; }

    /// <summary>A column of times or numbers: the latest rows are for the test, those before them for validation. Null: order says nothing.</summary>
    public string? Time { get; init; }

    /// <summary>A column that names each row's part. Null: there is none.</summary>
    public string? By { get; init; }

    /// <summary>Told what was decided.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Refuses shares that leave no rows to train on.</summary>
    /// <exception cref="DlException"><c>InvalidFraction</c>.</exception>
    internal void CheckShares()
    {
        foreach (var (name, value) in new[] { (nameof(Validation), Validation), (nameof(Test), Test) })
            if (!(value is >= 0 and < 1))
                throw new DlException("InvalidFraction", DlErrorKind.InvalidArgument,
                    $"{name} is a share of the rows from 0 to below 1, such as 0.1; {value} came.", value);
        if (Validation + Test >= 1)
            throw new DlException("InvalidFraction", DlErrorKind.InvalidArgument,
                $"Validation {Validation} and Test {Test} leave no rows to train on; together they are below 1.", Validation + Test);
    }

    /// <summary>How many of some rows a share of them is.</summary>
    internal static int Rows(int count, double share) => (int)Math.Round(count * share, MidpointRounding.AwayFromZero);
}
