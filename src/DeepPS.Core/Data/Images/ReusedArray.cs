namespace DeepPS.Data;

/// <summary>Reusable memory that grows as needed.</summary>
internal sealed class ReusedArray
{
    /// <summary>The largest size that is kept for the next image.</summary>
    private const int MostKept = 16 << 20;

    private byte[] array = [];

    /// <summary>Bytes from the array's start; their content is lost where the array grows.</summary>
    public Span<byte> Span(int size) => Memory(size).Span;

    /// <summary>As <see cref="Span"/>.</summary>
    public Memory<byte> Memory(int size)
    {
        if (array.Length < size)
            array = GC.AllocateUninitializedArray<byte>(Math.Max(size, Math.Min(2 * array.Length, MostKept)));
        return array.AsMemory(0, size);
    }

    /// <summary>Frees the memory where it is more than most images need.</summary>
    public void Trim()
    {
        if (array.Length > MostKept)
            array = [];
    }
}
