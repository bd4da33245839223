using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A device: its type and, where there may be several, its number.</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(
            string deviceType,
            int index = -1) : this(Parse(deviceType, out var given), index >= 0 ? index : given) { }

        public Device(string description) : this(Parse(description, out var index), index) { }

        /// <summary>A CUDA device.</summary>
        public Device(int index) : this(DeviceType.CUDA, index) { }

        public DeviceType type { get; }

        public int index { get; }

        /// <summary>Type and index as the shim passes them.</summary>
        internal long Packed => (long)type | ((long)index * 256);

        public static implicit operator Device(string description) => new(description);

        public override string ToString() =>
            index < 0 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        internal static Device Unpack(long packed)
        {
            var (type, index) = ((DeviceType)(packed & 0xff), (int)(packed >> 8));
            return type == DeviceType.CPU && index <= 0 ? CPU : new Device(type, index);
        }

        internal bool Same(Device other) => type == other.type && Math.Max(index, 0) == Math.Max(other.index, 0);

        private static DeviceType Parse(string description, out int index)
        {
            var parts = description.Split(':');
            index = -1;
            if (parts.Length <= 2
                && Enum.TryParse<DeviceType>(parts[0], ignoreCase: true, out var type)
                && !char.IsAsciiDigit(parts[0].FirstOrDefault())
                && (parts.Length == 1 || int.TryParse(
                    parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            {
                return type;
            }

            throw new ArgumentException(
                $"'{description}' is no device: expected one such as cpu, cuda or cuda:0.", nameof(description));
        }
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device MPS => new(DeviceType.MPS);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    private static Device? s_defaultDevice;

    public static Device get_default_device() => s_defaultDevice ?? CPU;

    public static void set_default_device(Device device) => s_defaultDevice = device;

    public static void set_default_device(string device) => s_defaultDevice = new(device);
}
