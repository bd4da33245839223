using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Writes values to a file that is deleted when nothing uses it any more.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed class SpillWriter<T> : IDisposable
    where T : unmanaged
{
    private const int BufferSize = 1 << 16;
    private readonly T[] buffer = new T[BufferSize / Unsafe.SizeOf<T>()];
    private readonly MemoryBudget budget;
    private FileStream? file;
    private int buffered;

    /// <summary>Makes the file.</summary>
    /// <exception cref="DlException"><c>SpillFailed</c>: the folder is not writable.</exception>
    public SpillWriter(MemoryBudget budget)
    {
        this.budget = budget;
        file = SpillFile.Create(budget);
    }

    /// <summary>The number of values written.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        if (buffered == buffer.Length)
            Flush();
        buffer[buffered++] = value;
        Count = RowCount.Sum(Count, 1);
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<T> values)
    {
        Flush();
        SpillFile.Write(file!, MemoryMarshal.AsBytes(values));
        Count = RowCount.Sum(Count, values.Length);
    }

    /// <summary>The written values. Nothing can be added afterwards.</summary>
    public ColumnStore<T> Finish() => Count == 0 ? Array.Empty<T>() : new MappedStore<T>(Written(), Count, budget);

    /// <summary>The file of the values; the caller now owns it.</summary>
    public FileStream Written()
    {
        Flush();
        SpillFile.Flush(file!);
        var written = file!;
        file = null;
        return written;
    }

    /// <summary>Releases the file where it was not finished.</summary>
    public void Dispose() => file?.Dispose();

    private void Flush()
    {
        SpillFile.Write(file!, MemoryMarshal.AsBytes(buffer.AsSpan(0, buffered)));
        buffered = 0;
    }
}
