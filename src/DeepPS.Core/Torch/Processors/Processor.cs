using System.Runtime.Intrinsics.X86;

namespace DeepPS.Torch;

/// <summary>Features of this machine's processor that .NET has no property for.</summary>
internal static class Processor
{
    private const int Features = 7;
    private const int AmxBFloat16 = 1 << 22;
    private const int Avx512BFloat16 = 1 << 5;

    /// <summary>False if the processor certainly has no bfloat16 instructions; unknown except on x86.</summary>
    public static bool MayHaveBFloat16 { get; } = !X86Base.IsSupported || HasBFloat16();

    /// <summary>Whether Intel's MKL does not use AVX-512 here, as on processors of other makers.</summary>
    public static bool HoldsMklToAvx2 { get; } = Avx512F.IsSupported && !IsIntel();

    /// <summary>The maker's name is in three registers: "Genu" "ineI" "ntel".</summary>
    private static bool IsIntel() => X86Base.CpuId(0, 0) is { Ebx: 0x756e6547, Edx: 0x49656e69, Ecx: 0x6c65746e };

    private static bool HasBFloat16()
    {
        if (X86Base.CpuId(0, 0).Eax < Features)
            return false;
        var (leaves, _, _, edx) = X86Base.CpuId(Features, 0);
        return (edx & AmxBFloat16) != 0 || leaves >= 1 && (X86Base.CpuId(Features, 1).Eax & Avx512BFloat16) != 0;
    }
}
