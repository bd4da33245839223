using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, in place, in the order of its indices, for as long as it lives.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;
    private readonly bool _owned;

    internal TensorAccessor(Tensor tensor)
    {
        // Where the memory is not the values, a copy stands in for the tensor.
        _owned = tensor.is_conj() || tensor.is_neg();
        _tensor = _owned ? tensor.Plain() : tensor;
        _shape = _tensor.shape;
        _strides = _tensor.stride();
        _contiguous = _tensor.is_contiguous();
        _data = (T*)_tensor.DataPointer;
        Count = _tensor.NumberOfElements;
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            var value = *Place(indices);
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            *Place(indices) = value;
            GC.KeepAlive(this);
        }
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>An array of as many dimensions as the tensor.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length == 0) return ToArray();
        var array = Array.CreateInstance(typeof(T), _shape);
        fixed (byte* p = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array))
            CopyTo(new Span<T>(p, checked((int)Count)));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Room(array.Length - arrayIndex, tensorIndex);
        if (_contiguous) new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(array[arrayIndex..]);
        else for (var i = 0; i < count; i++) array[arrayIndex + i] = _data[Offset(tensorIndex + i)];
        GC.KeepAlive(this);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Room(array.Length - arrayIndex, tensorIndex);
        if (_contiguous) array.Slice(arrayIndex, count).CopyTo(new Span<T>(_data + tensorIndex, count));
        else for (var i = 0; i < count; i++) _data[Offset(tensorIndex + i)] = array[arrayIndex + i];
        GC.KeepAlive(this);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Frees what it made for itself. The tensor stays.</summary>
    public void Dispose()
    {
        if (_owned) _tensor.Dispose();
    }

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in this) hash.Add(value);
        return hash.ToHashCode();
    }

    public static bool operator ==(TensorAccessor<T>? left, TensorAccessor<T>? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null && left.Count == right.Count && left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T>? left, TensorAccessor<T>? right) => !(left == right);

    private T At(long i)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        return _data[Offset(i)];
    }

    private T* Place(long[] indices)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        if (indices.Length == 1 && _shape.Length != 1)
        {
            if ((ulong)indices[0] >= (ulong)Count)
                throw new IndexOutOfRangeException($"{indices[0]} is no index of {Count} elements.");
            return _data + Offset(indices[0]);
        }

        if (indices.Length != _shape.Length)
            throw new ArgumentException(
                $"The tensor has {_shape.Length} dimensions; {indices.Length} indices were given.");
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if ((ulong)indices[i] >= (ulong)_shape[i])
                throw new IndexOutOfRangeException(
                    $"{indices[i]} is no index of dimension {i}, of {_shape[i]} elements.");
            offset += indices[i] * _strides[i];
        }

        return _data + offset;
    }

    private long Offset(long i)
    {
        if (_contiguous) return i;
        var offset = 0L;
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            (i, var index) = Math.DivRem(i, _shape[d]);
            offset += index * _strides[d];
        }

        return offset;
    }

    private int Room(int inArray, long tensorIndex)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        if (tensorIndex < 0 || tensorIndex > Count) throw new ArgumentOutOfRangeException(nameof(tensorIndex));
        return (int)Math.Min(inArray, Count - tensorIndex);
    }
}
