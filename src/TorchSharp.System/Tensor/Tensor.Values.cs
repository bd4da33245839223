using System.Numerics;
using TorchSharp.Utils;

namespace TorchSharp;

// From tensors to .NET's values.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Its one element, as what its dtype is.</summary>
        public unsafe T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException(
                    $"item takes a tensor of one element; this one has the shape {Written(shape)}.");
            Typed<T>();
            if (device_type == DeviceType.CPU && Native.dp_tensor_lazy(Handle) == 0) return Read(*(T*)DataPointer);
            using var here = Plain();
            return *(T*)here.DataPointer;
        }

        /// <summary>Its one element as a number.</summary>
        public Scalar ToScalar() => Ops.item.CallScalar(this);

        /// <summary>Its elements, in place; on the CPU.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            Typed<T>();
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    $"The elements of a tensor on {device} cannot be read in place. Move it with cpu() first.");
            return new TensorAccessor<T>(this);
        }

        /// <summary>The memory of a contiguous tensor on the CPU; of one elsewhere, a copy.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new InvalidOperationException(
                        "The bytes of a tensor that is not contiguous cannot be read. Use contiguous() first.");
                var count = checked((int)(NumberOfElements * ElementSize));
                if (device_type == DeviceType.CPU) return count == 0 ? default : new Span<byte>(DataPointer, count);
                using var here = cpu();
                return new Span<byte>(here.DataPointer, count).ToArray();
            }

            set
            {
                var count = NumberOfElements * ElementSize;
                if (value.Length != count) throw new ArgumentException(
                    $"The tensor is of {count} bytes; {value.Length} were given.", nameof(value));
                if (device_type == DeviceType.CPU && is_contiguous())
                {
                    if (count > 0) value.CopyTo(new Span<byte>(DataPointer, value.Length));
                    GC.KeepAlive(this);
                    return;
                }

                using var here = torch.empty(shape, dtype, CPU);
                value.CopyTo(new Span<byte>(here.DataPointer, value.Length));
                using var _ = no_grad();
                copy_(here);
            }
        }

        public unsafe T ReadCpuValue<T>(long i) where T : unmanaged
        {
            Typed<T>();
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading an element of a tensor that is not on the CPU is not supported.");
            if (i < 0 || i >= NumberOfElements)
                throw new IndexOutOfRangeException("The index is greater than the number of elements in the tensor");
            return Read(((T*)DataPointer)[i]);
        }

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public static explicit operator bool(Tensor value) => value.ToScalar().ToBoolean();

        public static explicit operator byte(Tensor value) => value.ToScalar().ToByte();

        public static explicit operator sbyte(Tensor value) => value.ToScalar().ToSByte();

        public static explicit operator short(Tensor value) => value.ToScalar().ToInt16();

        public static explicit operator int(Tensor value) => value.ToScalar().ToInt32();

        public static explicit operator long(Tensor value) => value.ToScalar().ToInt64();

        public static explicit operator float(Tensor value) => value.ToScalar().ToSingle();

        public static explicit operator double(Tensor value) => value.ToScalar().ToDouble();

        /// <summary>On the CPU, contiguous, with its values in its memory.</summary>
        internal Tensor Plain()
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            return resolve_conj().resolve_neg().cpu().contiguous().MoveToOuterDisposeScope();
        }

        internal static string Written(long[] shape) => $"[{string.Join(", ", shape)}]";

        private void Typed<T>() where T : unmanaged
        {
            if (TypeOf<T>() != dtype)
                throw new ArgumentException(
                    $"The tensor's elements are {dtype}, which {typeof(T).Name} does not stand for.");
        }
    }
}
