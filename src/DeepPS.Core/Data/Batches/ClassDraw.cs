using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Draws samples with replacement so that all classes are equally frequent: first the class, then a sample of it.
/// </summary>
internal class ClassDraw : IDisposable
{
    /// <summary>Number of samples read or drawn at a time.</summary>
    private const int AtOnce = 1 << 16;

    private readonly MemoryBudget? budget;
    private readonly ScratchArray<int> rows;
    private readonly int[] starts;

    /// <summary>Sorts samples by class.</summary>
    /// <param name="classes">The class number of each sample; classes without samples are not drawn.</param>
    /// <param name="budget">The memory budget; null: unlimited.</param>
    public ClassDraw(ReadOnlySpan<int> classes, MemoryBudget? budget = null)
    {
        this.budget = budget;
        rows = new ScratchArray<int>(classes.Length, budget);
        using var sorted = new ScratchArray<int>(classes.Length, budget);
        var keys = sorted.Span;
        var numbers = rows.Span;
        classes.CopyTo(keys);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        keys.Sort(numbers);
        var begins = new List<int>();
        for (var i = 0; i < keys.Length; i++)
            if (i == 0 || keys[i] != keys[i - 1])
                begins.Add(i);
        starts = [.. begins, keys.Length];
    }

    /// <summary>The number of classes with samples.</summary>
    protected int Classes => starts.Length - 1;

    /// <summary>The numbers of the samples of a class.</summary>
    protected ReadOnlySpan<int> SamplesOf(int place) => rows.Span[starts[place]..starts[place + 1]];

    /// <summary>Whether the order of the drawn samples matters.</summary>
    public virtual bool KeepsOrder => false;

    /// <summary>Draws the numbers of samples.</summary>
    public virtual ScratchArray<int> Take(int count, Generator random)
    {
        var drawn = new ScratchArray<int>(count, budget);
        for (var first = 0; first < count; first += AtOnce)
            Draw(drawn.Span.Slice(first, Math.Min(AtOnce, count - first)), random);
        return drawn;
    }

    public void Dispose() => rows.Dispose();

    private void Draw(Span<int> drawn, Generator random)
    {
        using var scope = NewDisposeScope();
        var chances = empty(new[] { 2L * drawn.Length }, ScalarType.Float64).uniform_(0, 1, random).data<double>()
            .ToArray();
        for (var i = 0; i < drawn.Length; i++)
        {
            var number = (int)(chances[2 * i] * (starts.Length - 1));
            drawn[i] = rows.Span[starts[number] + (int)(chances[2 * i + 1] * (starts[number + 1] - starts[number]))];
        }
    }

    /// <summary>Sorts the samples of a dataset by their class.</summary>
    public static ClassDraw Of(Dataset data, DataPlan plan)
    {
        using var classes = ClassesOf(data, plan);
        return new ClassDraw(classes.Span, data.Budget);
    }

    /// <summary>The class of each sample of a dataset.</summary>
    protected static ScratchArray<int> ClassesOf(Dataset data, DataPlan plan)
    {
        var label = plan.Label!;
        return ClassesOf(label, data.Find(label.Name)!, plan.UsableRows(data, withLabel: true), data.Budget);
    }

    private static ScratchArray<int> ClassesOf(
        LabelPlan label, Column column, ColumnStore<int>? rows, MemoryBudget? budget)
    {
        var classes = new ScratchArray<int>(rows?.Span.Length ?? column.Count, budget);
        for (var first = 0; first < classes.Count; first += AtOnce)
        {
            var size = Math.Min(AtOnce, classes.Count - first);
            var piece = rows is null ? column.Slice(first, size) : column.Take(rows.Span.Slice(first, size));
            foreach (var (i, number) in ((long[])label.Encode([piece])).Index())
                classes.Span[first + i] = (int)number;
        }

        return classes;
    }
}
