using System.IO.MemoryMappedFiles;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Working memory, such as for sorting the numbers of all rows: in memory, or in a file where it is too large.
/// </summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed unsafe class ScratchArray<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] values = [];
    private Mapping? mapping;

    /// <summary>Allocates zeros.</summary>
    /// <param name="count">The number of values.</param>
    /// <param name="budget">The memory budget; null: unlimited.</param>
    /// <exception cref="DlException"><c>SpillFailed</c>.</exception>
    public ScratchArray(int count, MemoryBudget? budget)
    {
        Count = count;
        if (budget?.BeyondScratch((long)count * sizeof(T)) is not { } beyond)
        {
            values = new T[count];
            return;
        }

        // Writes the zeros, so that a full disk is an error here: a page that could not be written later would end the
        // process.
        using var writer = new SpillWriter<T>(beyond);
        for (var i = 0; i < count; i++)
            writer.Add(default(T));
        mapping = new Mapping(writer.Written(), MemoryMappedFileAccess.ReadWrite);
    }

    ~ScratchArray() => Close();

    /// <summary>The number of values.</summary>
    public int Count { get; }

    /// <summary>All values; values in a file are gone after disposal.</summary>
    public Span<T> Span => mapping is null ? values : new Span<T>(mapping.Pointer, Count);

    /// <summary>Releases the values.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private void Close()
    {
        mapping?.Close();
        mapping = null;
    }
}
