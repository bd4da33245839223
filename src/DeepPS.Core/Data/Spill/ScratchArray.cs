using System.IO.MemoryMappedFiles;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Values that work is done on, such as the numbers of all rows put into an order: in memory, or in a file where they are too many.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed unsafe class ScratchArray<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] values = [];
    private Mapping? mapping;

    /// <summary>Makes zeros.</summary>
    /// <param name="count">How many.</param>
    /// <param name="budget">How much memory there is; null: as much as it needs.</param>
    /// <exception cref="DlException"><c>SpillFailed</c>.</exception>
    public ScratchArray(int count, MemoryBudget? budget)
    {
        Count = count;
        if (budget?.BeyondScratch((long)count * sizeof(T)) is not { } beyond)
        {
            values = new T[count];
            return;
        }

        // The zeros are written, so that a disk that is too small is said here: a page that could not be written later would end the process.
        using var writer = new SpillWriter<T>(beyond);
        for (var i = 0; i < count; i++)
            writer.Add(default(T));
        mapping = new Mapping(writer.Written(), MemoryMappedFileAccess.ReadWrite);
    }

    ~ScratchArray() => Close();

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>All of them; in a file, none once this is given up.</summary>
    public Span<T> Span => mapping is null ? values : new Span<T>(mapping.Pointer, Count);

    /// <summary>Gives them up.</summary>
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
