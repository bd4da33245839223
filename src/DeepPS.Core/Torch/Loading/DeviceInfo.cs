using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>A device for training models.</summary>
/// <param name="Name">The value for <c>-Device</c>: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="Type">Cpu or Cuda.</param>
/// <param name="Cores">Processor cores, for the CPU.</param>
/// <param name="Engine">The versions of TorchSharp and libtorch.</param>
public sealed record DeviceInfo(string Name, string Type, int? Cores, string Engine)
{
    /// <summary>The folder of the libtorch that is loaded.</summary>
    public string Runtime { get; init; } = "";
}

/// <summary>The devices of this machine.</summary>
public static class DeviceCatalog
{
    /// <summary>The CPU, then every CUDA device that torch sees.</summary>
    /// <exception cref="DlException"><c>RuntimeMissing</c>, <c>TorchNotAvailable</c>.</exception>
    public static IReadOnlyList<DeviceInfo> Get()
    {
        TorchRuntime.Ensure();
        var engine =
            $"TorchSharp {RuntimeFolder.TorchSharpVersion}, libtorch {Version.Parse(__version__).ToString(3)} "
            + $"({(TorchLibraries.HasCuda ? "CUDA" : "CPU")})";
        var runtime = TorchLibraries.Folder!;
        var processor = new DeviceInfo("cpu", "Cpu", Environment.ProcessorCount, engine) { Runtime = runtime };
        var cards = cuda.is_available() ? cuda.device_count() : 0;
        return [processor, .. Enumerable.Range(0, cards)
            .Select(i => new DeviceInfo($"cuda:{i}", "Cuda", null, engine) { Runtime = runtime })];
    }
}
