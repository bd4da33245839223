namespace DeepPS;

/// <summary>The parts of a dataset that rows make.</summary>
internal sealed class SplitParts
{
    private readonly Dataset dataset;

    /// <summary>Takes the rows of each part, in their order.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rows">The rows of each part.</param>
    /// <param name="options">Which parts are asked for.</param>
    /// <exception cref="DlException"><c>EmptyPart</c>: one that is asked for has no rows.</exception>
    public SplitParts(Dataset dataset, SplitRows rows, SplitOptions options)
    {
        this.dataset = dataset;
        Train = Part(rows.Train, "train") ?? throw Empty("train");
        Validation = Part(rows.Validation, "validation") ?? (options.Validation > 0 ? throw Empty("validation") : null);
        Test = Part(rows.Test, "test") ?? (options.Test > 0 ? throw Empty("test") : null);
    }

    public Dataset Train { get; }

    public Dataset? Validation { get; }

    public Dataset? Test { get; }

    private Dataset? Part(int[] rows, string name)
    {
        if (rows.Length == 0)
            return null;
        Array.Sort(rows);
        return dataset.Take(rows).Named($"{dataset.Name} ({name})");
    }

    private DlException Empty(string name) => new("EmptyPart", DlErrorKind.InvalidArgument,
        $"The {name} part of '{dataset.Name}' would be empty: there are {dataset.Count} rows in all, and of one group or time all go together. "
        + "Give it a larger share, or more rows.", dataset.Name);
}
