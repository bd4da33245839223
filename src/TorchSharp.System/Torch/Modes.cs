namespace TorchSharp;

// Modes of a thread: whether graphs are recorded, whether only inference is done. And one of the process: whether operators
// are deterministic.
public static partial class torch
{
    /// <summary>Records no graph until disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.dp_grad_enabled() != 0;

    /// <summary>Records no graph and no versions until disposed, on the same thread.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.dp_inference_enabled() != 0;

    /// <summary>
    /// Holds operators to algorithms that give the same result each time, cuDNN's among them; those that have none fail, or warn.
    /// It counts for the whole process, until disposed.
    /// </summary>
    public static IDisposable use_deterministic_algorithms(bool mode = true, bool warn_only = false) => new Determinism(mode, warn_only);

    public static bool are_deterministic_algorithms_enabled() => Native.Check(Native.dp_setting(2, -1)) != 0;

    private sealed class Determinism : IDisposable
    {
        private readonly bool _before = are_deterministic_algorithms_enabled();
        private bool _left;

        internal Determinism(bool enabled, bool warnOnly) => Native.Check(Native.dp_setting(2, enabled ? warnOnly ? 2 : 1 : 0));

        public void Dispose()
        {
            if (_left) return;
            _left = true;
            Native.Check(Native.dp_setting(2, _before ? 1 : 0));
        }
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();
        private bool _left;

        internal GradMode(bool enabled) => Native.dp_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_left) return;
            _left = true;
            Native.dp_set_grad_enabled(_before ? 1 : 0);
        }
    }

    // Left on another thread than it was entered on, the mode would be wrong on both: then it stays.
    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private nint _mode = Native.Check(Native.dp_inference_enter(enabled ? 1 : 0));

        public void Dispose()
        {
            if (_thread != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException("inference_mode must be disposed on the thread that entered it.");
            if (_mode == 0) return;
            Native.dp_inference_leave(_mode);
            _mode = 0;
        }
    }
}
