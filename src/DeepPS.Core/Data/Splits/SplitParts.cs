using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The parts of a dataset.</summary>
internal sealed class SplitParts
{
    private readonly Dataset dataset;
    private readonly RowParts rows;

    /// <summary>Takes the rows of each part, in their order.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="rows">The part of each row.</param>
    /// <param name="options">The options, which ask for parts.</param>
    /// <exception cref="DlException"><c>EmptyPart</c>: a part that is asked for has no rows.</exception>
    public SplitParts(Dataset dataset, RowParts rows, SplitOptions options)
    {
        this.dataset = dataset;
        this.rows = rows;
        Train = Part(RowPart.Train, "train") ?? throw Empty("train");
        Validation = Part(RowPart.Validation, "validation")
            ?? (options.Validation > 0 ? throw Empty("validation") : null);
        Test = Part(RowPart.Test, "test") ?? (options.Test > 0 ? throw Empty("test") : null);
    }

    public Dataset Train { get; }

    public Dataset? Validation { get; }

    public Dataset? Test { get; }

    private Dataset? Part(RowPart part, string name)
    {
        var own = rows.RowsOf(part);
        var taken = own.Span.IsEmpty ? null : dataset.Take(own.Span).Named($"{dataset.Name} ({name})");
        GC.KeepAlive(own);
        return taken;
    }

    private DlException Empty(string name) => new("EmptyPart", DlErrorKind.InvalidArgument,
        $"The {name} part of '{dataset.Name}' would be empty: there are {dataset.Count} rows in all, and all rows of "
        + "one group or time stay together. Use a larger share, or more rows.", dataset.Name);
}
