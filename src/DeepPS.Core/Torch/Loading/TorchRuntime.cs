using DeepPS.Common;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Loads torch and finds its devices.</summary>
internal static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static volatile bool isReady;

    /// <summary>Loads torch if not loaded yet.</summary>
    /// <exception cref="DlException"><c>TorchNotAvailable</c>, with the places searched and the remedy.</exception>
    public static void Ensure()
    {
        if (isReady)
            return;
        lock (Gate)
        {
            if (isReady)
                return;
            HostMemory.KeepBetweenSteps();
            Threads.SpinBriefly();
            TorchLibraries.Load();
            Touch();
            isReady = true;
        }
    }

    /// <summary>Runs the type initializer of <c>torch</c>, which finds the loaded libraries.</summary>
    private static void Touch()
    {
        try
        {
            get_num_threads();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException
            or EntryPointNotFoundException)
        {
            throw new DlException("TorchNotAvailable", DlErrorKind.NotAvailable,
                $"TorchSharp does not start with the native libraries in {TorchLibraries.Folder}: they have another "
                + "version. Install DeepPS again, and open a new session.", null, e);
        }
    }

    /// <summary>The device with a name: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, or <c>auto</c> for cuda if there is
    /// one.</summary>
    /// <exception cref="DlException"><c>UnknownDevice</c> or <c>DeviceNotAvailable</c>.</exception>
    public static Device Device(string name)
    {
        Ensure();
        var lower = name.ToLowerInvariant();
        if (lower == "auto")
            return cuda.is_available() ? CUDA : CPU;
        if (lower == "cpu")
            return CPU;
        var index = 0;
        if (lower != "cuda"
            && !(lower.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(lower.AsSpan(5), out index)))
            throw new DlException("UnknownDevice", DlErrorKind.InvalidArgument,
                $"There is no device '{name}'. Devices are cpu, cuda, cuda:0, cuda:1, ... and auto. Get-DlDevice lists "
                + "those of this machine.", name);
        var count = cuda.is_available() ? cuda.device_count() : 0;
        return index < count ? device(DeviceType.CUDA, index)
            : throw new DlException("DeviceNotAvailable", DlErrorKind.NotAvailable,
                $"Device '{name}' was asked for, but {Found(count)}", name);
    }

    private static string Found(int count) =>
        count > 0 ? $"torch sees {count} CUDA device(s), cuda:0 to cuda:{count - 1}."
        : TorchLibraries.HasCuda
        ? "torch sees no CUDA device here. Use -Device cpu, or install an NVIDIA driver for CUDA 12.8 or later."
        : "this DeepPS was built with libtorch for the CPU. Use -Device cpu, or build it with CUDA: "
            + "./build.ps1 -TorchDevice cuda.";
}
