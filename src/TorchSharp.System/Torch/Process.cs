using System.Runtime.InteropServices;

namespace TorchSharp;

// The process: version, threads, devices.
public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)Native.dp_version())!;

    public static int get_num_threads() => Native.Check(Native.dp_threads(0, 0));

    public static void set_num_threads(int num) => Native.Check(Native.dp_threads(0, AtLeastOne(num)));

    public static int get_num_interop_threads() => Native.Check(Native.dp_threads(1, 0));

    /// <summary>Once, before the first operator that uses them.</summary>
    public static void set_num_interop_threads(int num) => Native.Check(Native.dp_threads(1, AtLeastOne(num)));

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    public static bool TryInitializeDeviceType(DeviceType deviceType) =>
        deviceType == DeviceType.CUDA ? cuda.is_available() : deviceType is DeviceType.CPU or DeviceType.META;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new NotSupportedException(
                $"This libtorch ({__version__}) finds no {deviceType} device on this machine.");
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    private static int AtLeastOne(int num) =>
        num > 0 ? num : throw new ArgumentOutOfRangeException(nameof(num), num, "There must be one thread at least.");

    /// <summary>NVIDIA devices.</summary>
    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => Native.dp_cuda_count();

        public static bool is_cudnn_available() => Native.dp_cuda_has_cudnn() != 0;

        /// <summary>Waits for all work on the device.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Native.Check(Native.dp_cuda_synchronize(device?.index ?? -1));
        }

        public static void manual_seed(long seed)
        {
            if (is_available()) Generator.Of(CUDA).manual_seed(seed);
        }

        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
                Generator.Of(new Device(i)).manual_seed(seed);
        }
    }

    /// <summary>Settings of the libraries beneath.</summary>
    public static class backends
    {
        /// <summary>Settings of CUDA's.</summary>
        public static class cuda
        {
            /// <summary>Settings of matrix products.</summary>
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.Check(Native.dp_setting(0, -1)) != 0;
                    set => Native.Check(Native.dp_setting(0, value ? 1 : 0));
                }
            }
        }

        /// <summary>Settings of cuDNN.</summary>
        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.Check(Native.dp_setting(1, -1)) != 0;
                set => Native.Check(Native.dp_setting(1, value ? 1 : 0));
            }
        }
    }
}
