using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace DeepPS;

/// <summary>Values in a file, which the system reads as they are looked at and lets go of when memory is short.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed unsafe class MappedStore<T> : ColumnStore<T>
    where T : unmanaged
{
    private readonly Mapping mapping;
    private readonly int count;

    /// <summary>Takes a file over.</summary>
    /// <param name="file">The values one after the other.</param>
    /// <param name="count">How many there are, at least one.</param>
    public MappedStore(FileStream file, int count)
    {
        this.count = count;
        mapping = new Mapping(file);
    }

    ~MappedStore() => Mapping.Retire(mapping);

    public override ReadOnlySpan<T> Span => new(mapping.Pointer, count);
}

/// <summary>A file in the address space.</summary>
internal sealed unsafe class Mapping
{
    /// <summary>A span does not keep what it looks at alive, so a file stays for a while after its last column is gone.</summary>
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentQueue<(Mapping Mapping, long Since)> Retired = [];

    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;

    public Mapping(FileStream file)
    {
        Release();
        map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Pointer = start + view.PointerOffset;
    }

    /// <summary>The file's first byte.</summary>
    public byte* Pointer { get; }

    /// <summary>Nothing uses a file any more, but for spans that are looked at right now.</summary>
    public static void Retire(Mapping? mapping)
    {
        if (mapping is not null)
            Retired.Enqueue((mapping, Stopwatch.GetTimestamp()));
        Release();
    }

    private static void Release()
    {
        while (Retired.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) > Afterlife && Retired.TryDequeue(out var retired))
            retired.Mapping.Close();
    }

    private void Close()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}
