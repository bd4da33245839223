using System.Runtime.CompilerServices;

namespace TorchSharp;

// What a tensor is: read from it without a dispatch.
public static partial class torch
{
    public partial class Tensor
    {
        public long ndim => Read(Native.Check(Native.dp_tensor_dim(Handle)));

        public long Dimensions => ndim;

        public long dim() => ndim;

        public long NumberOfElements => Read(Native.Check(Native.dp_tensor_numel(Handle)));

        public long numel() => NumberOfElements;

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[ndim];
                fixed (long* p = sizes) Native.Check(Native.dp_tensor_shape(Handle, p));
                return Read(sizes);
            }
        }

        public long[] size() => shape;

        public long size(int dim) => shape[Wrapped(dim)];

        public unsafe long[] stride()
        {
            var strides = new long[ndim];
            fixed (long* p = strides) Native.Check(Native.dp_tensor_strides(Handle, p));
            return Read(strides);
        }

        public long stride(int dim) => stride()[Wrapped(dim)];

        public long storage_offset() => Read(Native.Check(Native.dp_tensor_offset(Handle)));

        public ScalarType dtype => Read((ScalarType)Native.dp_tensor_dtype(Handle));

        public long ElementSize => dtype.ElementSize();

        public long element_size() => ElementSize;

        public Device device => Device.Unpack(Read(Native.dp_tensor_device(Handle)));

        public DeviceType device_type => (DeviceType)(Read(Native.dp_tensor_device(Handle)) & 0xff);

        public int device_index => (int)(Read(Native.dp_tensor_device(Handle)) >> 8);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Read(Native.Check(Native.dp_tensor_layout(Handle))) != 0;

        public bool is_contiguous() => Read(Native.Check(Native.dp_tensor_contiguous(Handle))) != 0;

        public bool is_conj() => (Read(Native.Check(Native.dp_tensor_lazy(Handle))) & 1) != 0;

        public bool is_neg() => (Read(Native.Check(Native.dp_tensor_lazy(Handle))) & 2) != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_quantized() => torch.is_quantized(dtype);

        public bool is_nonzero() => ToScalar().ToBoolean();

        /// <summary>The memory of its first element.</summary>
        internal unsafe void* DataPointer
        {
            get
            {
                var data = Native.dp_tensor_data(Handle);
                return data is null && NumberOfElements > 0 ? throw Native.LastError() : data;
            }
        }

        // The handle is only a number to the collector: this keeps the tensor until what was read with it is there.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T Read<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }

        private long Wrapped(int dim) => dim < 0 ? ndim + dim : dim;
    }
}
