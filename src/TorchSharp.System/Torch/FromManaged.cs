using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

// From memory of .NET to tensors: the one way in. What it makes owns a copy, except frombuffer.
public static partial class torch
{
    /// <summary>A tensor of these values, then of the type and on the device asked for.</summary>
    internal static unsafe Tensor FromSpan<T>(
        ReadOnlySpan<T> data, ReadOnlySpan<long> shape, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null)
        where T : unmanaged
    {
        fixed (T* p = data)
            return FromMemory(p, data.Length, sizeof(T), TypeOf<T>(), shape, dtype, device, requires_grad, names);
    }

    private static Tensor FromList<T>(
        IList<T> data, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) where T : unmanaged
    {
        ReadOnlySpan<T> span = data switch
        {
            T[] array => array,
            List<T> list => CollectionsMarshal.AsSpan(list),
            _ => data.ToArray(),
        };
        return FromSpan(span, shape, dtype, device, requires_grad, names);
    }

    private static unsafe Tensor FromArray(
        Array data, ScalarType? dtype, Device? device, bool requires_grad, string[]? names = null)
    {
        var type = data.GetType().GetElementType()!;
        var element = TypeOf(type);
        var shape = new long[data.Rank];
        for (var i = 0; i < shape.Length; i++) shape[i] = data.GetLongLength(i);
        fixed (byte* p = &MemoryMarshal.GetArrayDataReference(data))
            return FromMemory(
                p, data.LongLength, element.ElementSize(), element, shape, dtype, device, requires_grad, names);
    }

    private static unsafe Tensor FromMemory(
        void* data, long count, int size, ScalarType type, ReadOnlySpan<long> shape, ScalarType? dtype,
        Device? device, bool requires_grad, string[]? names)
    {
        var expected = 1L;
        foreach (var n in shape) expected *= n;
        if (expected != count)
            throw new ArgumentException(
                $"The shape [{string.Join(", ", shape.ToArray())}] is of {expected} elements; {count} were given.",
                nameof(shape));
        Named(names);
        device ??= s_defaultDevice ?? CPU;
        var tensor = Ops.empty_memory_format.Call(shape, type, default, CPU);
        Buffer.MemoryCopy(data, tensor.DataPointer, count * size, count * size);
        var wanted = dtype ?? type;
        if (wanted != type || device.type != DeviceType.CPU)
        {
            using var source = tensor;
            tensor = source.to(wanted, device);
        }

        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    /// <summary>A tensor over the array's own memory, which it keeps in place for as long as it lives.</summary>
    public static unsafe Tensor frombuffer(
        Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var source = TypeOf(rawArray.GetType().GetElementType()!).ElementSize();
        var size = dtype.ElementSize();
        var available = ((rawArray.LongLength * source) - (offset * source)) / size;
        if (count < 0) count = available;
        if (offset < 0 || count > available)
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"The array has {available} elements of {dtype} from offset {offset}.");
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        var start = (byte*)pin.AddrOfPinnedObject() + (offset * source);
        var handle = Native.dp_tensor_from_blob(start, &count, 1, (int)dtype, &Unpin, GCHandle.ToIntPtr(pin));
        if (handle == 0)
        {
            pin.Free();
            throw Native.LastError();
        }

        var tensor = new Tensor(handle);
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    public static Tensor from_array(Array rawArray, Device? device = null) => FromArray(rawArray, null, device, false);

    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray(rawArray, dtype, device, requires_grad, names);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) =>
        FromArray(data, dtype, device, false);

    // libtorch deprecates names of dimensions, and the operators that networks are made of refuse them.
    private static void Named(string[]? names)
    {
        if (names is not null) throw new NotSupportedException("Names of dimensions are not supported.");
    }
}
