namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers: its own state, on a device.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null) =>
            _handle = Native.Check(Native.dp_generator_new((device ?? CPU).Packed, seed));

        private Generator(Device device) => _handle = Native.Check(Native.dp_generator_default(device.Packed));

        ~Generator() => Dispose(false);

        /// <summary>The CPU's own, which functions given none use.</summary>
        public static Generator Default => Of(CPU);

        /// <summary>The device's own.</summary>
        internal static Generator Of(Device device) => new(device);

        public IntPtr Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Device device => Device.Unpack(Native.dp_generator_device(Handle));

        public Generator manual_seed(long seed)
        {
            Seed(1, (ulong)seed);
            return this;
        }

        /// <summary>A new seed from the system; the answer is it.</summary>
        public long seed() => Seed(2, 0);

        public long initial_seed() => Seed(0, 0);

        public Tensor get_state() => new(Native.Check(Native.dp_generator_state(Handle)));

        public void set_state(Tensor value)
        {
            Native.Check(Native.dp_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0) Native.dp_generator_release(handle);
        }

        private unsafe long Seed(int set, ulong value)
        {
            ulong result;
            Native.Check(Native.dp_generator_seed(Handle, set, value, &result));
            GC.KeepAlive(this);
            return (long)result;
        }
    }

    /// <summary>Random numbers for the whole process.</summary>
    public static class random
    {
        /// <summary>Seeds every device's default generator.</summary>
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.dp_manual_seed((ulong)seed));
            return Generator.Default;
        }

        public static long seed()
        {
            var seed = Generator.Default.seed();
            Native.Check(Native.dp_manual_seed((ulong)seed));
            return seed;
        }

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
