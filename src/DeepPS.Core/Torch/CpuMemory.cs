using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>The memory of tensors on the CPU, seen as spans, without a copy.</summary>
internal static class CpuMemory
{
    /// <summary>Whether a tensor's values lie one after the other as float32 in this process's memory.</summary>
    public static bool HasFloats(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous()
        && tensor.numel() <= int.MaxValue / sizeof(float);

    /// <summary>The values of a tensor for which <see cref="HasFloats"/> is true. The tensor must outlive the span.</summary>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
