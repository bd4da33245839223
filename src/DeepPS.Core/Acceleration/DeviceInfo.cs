using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>A device that models can be trained on.</summary>
/// <param name="Name">What <c>-Device</c> takes: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="Type">Cpu or Cuda.</param>
/// <param name="Cores">Processor cores, for the CPU.</param>
/// <param name="Blas">The matrix library in use, for the CPU.</param>
/// <param name="Provider">Which assembly stands behind the TorchSharp API.</param>
public sealed record DeviceInfo(string Name, string Type, int? Cores, string? Blas, string Provider);

/// <summary>The devices of this machine.</summary>
public static class DeviceCatalog
{
    /// <summary>The CPU, then every CUDA device that torch sees.</summary>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>.</exception>
    public static IReadOnlyList<DeviceInfo> Get()
    {
        TorchRuntime.Ensure();
        var assembly = typeof(torch).Assembly;
        var provider = $"{assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product ?? assembly.GetName().Name} "
            + assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var processor = new DeviceInfo("cpu", "Cpu", Environment.ProcessorCount, Threads.BlasName, provider);
        var cards = cuda.is_available() ? cuda.device_count() : 0;
        return [processor, .. Enumerable.Range(0, cards).Select(i => new DeviceInfo($"cuda:{i}", "Cuda", null, null, provider))];
    }
}
