namespace TorchSharp;

/// <summary>
/// One reference to a tensor of libtorch. It alone has a finalizer, and a thread keeps the ones it is done with: to
/// register and to suppress a finalizer for each tensor would cost as much as a small operator does.
/// </summary>
internal sealed class TensorHandle
{
    private const int Kept = 256;
    [ThreadStatic] private static TensorHandle?[]? s_kept;
    [ThreadStatic] private static int s_count;
    private static long s_live;
    private static long s_peak;
    private nint _value;

    private TensorHandle() { }

    ~TensorHandle() => Free();

    /// <summary>How many references are held.</summary>
    internal static long Live => Interlocked.Read(ref s_live);

    /// <summary>The most there were at a time, about.</summary>
    internal static long Peak => Interlocked.Read(ref s_peak);

    internal nint Value => _value;

    internal static TensorHandle Own(nint value)
    {
        TensorHandle handle;
        if (s_count > 0)
        {
            ref var place = ref s_kept![--s_count];
            handle = place!;
            place = null;
        }
        else
        {
            handle = new();
        }

        handle._value = value;
        var live = Interlocked.Increment(ref s_live);
        if (live > s_peak) s_peak = live;
        return handle;
    }

    /// <summary>Frees the reference and keeps this for the next one. The caller alone has it, and drops it.</summary>
    internal void Release()
    {
        Free();
        Keep();
    }

    /// <summary>Gives the reference up without freeing it.</summary>
    internal nint GiveUp()
    {
        var value = _value;
        _value = 0;
        Interlocked.Decrement(ref s_live);
        Keep();
        return value;
    }

    private void Keep()
    {
        var kept = s_kept ??= new TensorHandle?[Kept];
        if (s_count < Kept) kept[s_count++] = this;
    }

    private void Free()
    {
        var value = _value;
        if (value == 0) return;
        _value = 0;
        Interlocked.Decrement(ref s_live);
        Native.dp_tensor_release(value);
    }
}
