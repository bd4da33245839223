using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A window over a series per row. All windows share the series, so overlapping ones take no more memory.
/// </summary>
public sealed class WindowColumn : Column
{
    private readonly ColumnStore<int> ends;

    internal WindowColumn(string name, SeriesStore store, SeriesPlan plan, ColumnStore<int> ends)
        : base(name)
    {
        Store = store;
        Plan = plan;
        this.ends = ends;
        Shape = new Shape(plan.Length, plan.Width);
    }

    /// <summary>How the windows were made.</summary>
    public SeriesPlan Plan { get; }

    /// <summary>The shape of a window: steps, numbers of a step.</summary>
    public Shape Shape { get; }

    /// <summary>The series.</summary>
    internal SeriesStore Store { get; }

    /// <summary>For each window, the first step of the store after it.</summary>
    internal ReadOnlySpan<int> Ends => ends.Span;

    /// <inheritdoc/>
    public override string Kind => "Window";

    /// <inheritdoc/>
    public override int Count => Ends.Length;

    /// <inheritdoc/>
    public override int Missing => 0;

    /// <inheritdoc/>
    public override object? this[int row] => NestedArray.Of(Of(row), Shape);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => false;

    /// <inheritdoc/>
    public override string Describe() => $"{Shape}, steps of {Plan.Step}: {Plan.Describe()}";

    internal override long RowBytes => sizeof(int);

    internal override (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log) =>
        (WindowEncoder.Fit(this), "windows of a time series");

    internal override void AddTo(ValueHash hash)
    {
        hash.Add(Ends);
        foreach (var step in Covered())
            hash.Add(Store.Of(step));
    }

    /// <summary>The numbers of a window in their own units, step after step.</summary>
    internal ReadOnlySpan<double> Of(int row) =>
        Store.Values.AsSpan((Ends[row] - Plan.Length) * Store.Width, Plan.Length * Store.Width);

    /// <summary>The steps that the windows and their targets cover, in order.</summary>
    internal int[] Covered()
    {
        var covered = new bool[Store.Times.Length];
        foreach (var end in Ends)
            covered.AsSpan(end - Plan.Length, Plan.Length + Plan.Horizon).Fill(true);
        return Enumerable.Range(0, covered.Length).Where(step => covered[step]).ToArray();
    }

    private protected override Column Pick(ReadOnlySpan<int> rows, MemoryBudget? budget) =>
        new WindowColumn(Name, Store, Plan, ends.Take(rows, budget));

    private protected override Column Copy(string name) => new WindowColumn(name, Store, Plan, ends);
}
