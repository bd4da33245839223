namespace DeepPS.Data;

/// <summary>The memory that a dataset may take; larger data goes to files.</summary>
/// <param name="Limit">The memory in bytes for columns and encoded samples.</param>
/// <param name="Folder">The folder for the files; null: that for temporary files.</param>
internal sealed record MemoryBudget(long Limit, string? Folder = null)
{
    /// <summary>
    /// The share for one set of columns: a split takes as much again, and training a part of it twice.
    /// </summary>
    private const int Shares = 4;

    /// <summary>The share for numbers of rows, of which several lists exist at once.</summary>
    private const int ScratchShares = 32;

    private const int BytesOfLevel = 200;

    /// <summary>The budget of a memory limit.</summary>
    /// <param name="limit">The memory limit; null: half of the machine's free memory.</param>
    /// <param name="folder">The folder for files; null: that for temporary files.</param>
    public static MemoryBudget Of(long? limit, string? folder)
    {
        var memory = GC.GetGCMemoryInfo();
        return new MemoryBudget(limit ?? (memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes) / 2, folder);
    }

    /// <summary>The memory for the columns of a dataset, or for the samples loaded at once.</summary>
    public long Share => Limit / Shares;

    /// <summary>The largest number of different texts of a column, by the approximate memory of a text.</summary>
    public long MostLevels => Share / BytesOfLevel;

    /// <summary>The budget, or a smaller one whose <see cref="Share"/> is at most a number of bytes.</summary>
    public MemoryBudget AtMost(long share) => Share <= share ? this : this with { Limit = Shares * share };

    /// <summary>Whether data of a size stays in memory.</summary>
    public bool Holds(long bytes) => bytes <= Share;

    /// <summary>The budget whose files hold data of a size; null: it stays in memory.</summary>
    public MemoryBudget? Beyond(long bytes) => Holds(bytes) ? null : this;

    /// <summary>As <see cref="Beyond"/>, for data beside the columns, such as a number for each row.</summary>
    public MemoryBudget? BeyondScratch(long bytes) => bytes <= Limit / ScratchShares ? null : this;
}
