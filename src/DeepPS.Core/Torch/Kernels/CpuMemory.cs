using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The memory of tensors on the CPU.</summary>
internal static class CpuMemory
{
    /// <summary>Whether a tensor is contiguous float32 in this process's memory.</summary>
    public static bool HasFloats(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous()
        && tensor.numel() <= int.MaxValue / sizeof(float);

    /// <summary>The values of a tensor for which <see cref="HasFloats"/> is true. The tensor must outlive the
    /// span.</summary>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>A tensor with a copy of an array's values. TorchSharp's <c>from_array</c> uses the managed array's
    /// memory at any address; libtorch's memory is aligned to 64 bytes, which affects the last bits of a matrix
    /// product.</summary>
    /// <param name="values">The values, of a type that a tensor can hold.</param>
    public static Tensor Copy(Array values)
    {
        using var view = from_array(values);
        return view.clone();
    }
}
