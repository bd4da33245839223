namespace DeepPS.Data;

/// <summary>How much memory a dataset may take; what is more lies in files.</summary>
/// <param name="Limit">The memory in bytes that columns, and samples made ready for a network, may take.</param>
/// <param name="Folder">Where the files are made; null: the folder for temporary files.</param>
internal sealed record MemoryBudget(long Limit, string? Folder = null)
{
    /// <summary>The share that one set of columns may take: a split has as much again, and training some of it twice.</summary>
    private const int Shares = 4;

    /// <summary>The share that numbers of rows may take, of which several lists are there at once.</summary>
    private const int ScratchShares = 32;

    private const int BytesOfLevel = 200;

    /// <summary>The budget of data of a size; null where it is held in memory whole.</summary>
    /// <param name="limit">The memory that was allowed; null: half of what the machine has left.</param>
    /// <param name="folder">Where files are made; null: the folder for temporary files.</param>
    /// <param name="bytes">The size of the data in memory, about.</param>
    public static MemoryBudget? For(long? limit, string? folder, long bytes)
    {
        var memory = GC.GetGCMemoryInfo();
        var budget = new MemoryBudget(limit ?? (memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes) / 2, folder);
        return budget.Holds(bytes) ? null : budget;
    }

    /// <summary>What the columns of a dataset, or the samples made ready at once, may take.</summary>
    public long Share => Limit / Shares;

    /// <summary>How many different texts of a column are held, with what a text takes in memory, about.</summary>
    public long MostLevels => Share / BytesOfLevel;

    /// <summary>The budget, or a smaller one whose <see cref="Share"/> is no larger than said.</summary>
    public MemoryBudget AtMost(long share) => Share <= share ? this : this with { Limit = Shares * share };

    /// <summary>Whether so much stays in memory.</summary>
    public bool Holds(long bytes) => bytes <= Share;

    /// <summary>The budget in whose files so much lies; null: it stays in memory.</summary>
    public MemoryBudget? Beyond(long bytes) => Holds(bytes) ? null : this;

    /// <summary>As <see cref="Beyond"/>, of what is kept beside columns, such as a number for each row.</summary>
    public MemoryBudget? BeyondScratch(long bytes) => bytes <= Limit / ScratchShares ? null : this;
}
