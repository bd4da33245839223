using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace DeepPS.Data;

/// <summary>Values in a memory-mapped file, which the system reads on access and drops when memory is short.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed unsafe class MappedStore<T> : ColumnStore<T>
    where T : unmanaged
{
    private readonly Mapping mapping;
    private readonly int count;

    /// <summary>Takes ownership of a file.</summary>
    /// <param name="file">The values one after the other.</param>
    /// <param name="count">The number of values, at least one.</param>
    /// <param name="budget">The budget that the file belongs to.</param>
    public MappedStore(FileStream file, int count, MemoryBudget budget)
    {
        this.count = count;
        Budget = budget;
        mapping = new Mapping(file, MemoryMappedFileAccess.Read);
    }

    ~MappedStore() => Mapping.Retire(mapping);

    public override ReadOnlySpan<T> Span => new(mapping.Pointer, count);

    public override MemoryBudget Budget { get; }
}

/// <summary>A file mapped into the address space.</summary>
internal sealed unsafe class Mapping
{
    /// <summary>
    /// A span does not keep its file alive, so a file stays for a while after its last column is gone.
    /// </summary>
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentQueue<(Mapping Mapping, long Since)> Retired = [];

    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;

    /// <summary>Takes ownership of a file.</summary>
    public Mapping(FileStream file, MemoryMappedFileAccess access)
    {
        Release();
        map = MemoryMappedFile.CreateFromFile(file, null, 0, access, HandleInheritability.None, leaveOpen: false);
        view = map.CreateViewAccessor(0, 0, access);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Pointer = start + view.PointerOffset;
    }

    /// <summary>The file's first byte.</summary>
    public byte* Pointer { get; }

    /// <summary>Releases a file that nothing uses any more, except spans in use right now.</summary>
    public static void Retire(Mapping? mapping)
    {
        if (mapping is not null)
            Retired.Enqueue((mapping, Stopwatch.GetTimestamp()));
        Release();
    }

    private static void Release()
    {
        while (Retired.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) > Afterlife
            && Retired.TryDequeue(out var retired))
            retired.Mapping.Close();
    }

    /// <summary>Releases the file at once: nothing uses it any more.</summary>
    public void Close()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}
