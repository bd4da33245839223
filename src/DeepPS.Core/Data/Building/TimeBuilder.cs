namespace DeepPS.Data;

/// <summary>Collects a column of points in time.</summary>
internal sealed class TimeBuilder(string name) : IRowBuilder
{
    private readonly ColumnBuffer<long> ticks = new();

    public int Count => ticks.Count;

    /// <summary>Adds a point in time, or <see cref="TimeColumn.None"/>.</summary>
    /// <returns>Null: a point in time can always be added.</returns>
    public string? Add(long value)
    {
        ticks.Add(value);
        return null;
    }

    public void AddMissing() => ticks.Add(TimeColumn.None);

    /// <summary>The column.</summary>
    public TimeColumn Build() => new(name, ticks.ToStore());
}
