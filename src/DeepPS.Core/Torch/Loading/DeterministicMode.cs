using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>Limits torch to deterministic algorithms: cuDNN convolutions, scattered sums and matrix products on a CUDA
/// device; an operator without one fails. On the CPU the operators of layers are deterministic for a number of threads
/// anyway; there it only makes other operators fail. PyTorch's <c>use_deterministic_algorithms</c>, one switch for the
/// process: on while any training needs it, also for concurrent trainings.</summary>
internal sealed class DeterministicMode : IDisposable
{
    /// <summary>The variable that gives cuBLAS fixed workspaces, without which its sums vary. It is read at the first
    /// product.</summary>
    internal const string CublasVariable = "CUBLAS_WORKSPACE_CONFIG";

    /// <summary>Eight workspaces of 4 MiB, as NVIDIA recommends.</summary>
    internal const string CublasWorkspace = ":4096:8";

    private static readonly Lock Gate = new();
    private static int users;
    private bool left;

    private DeterministicMode()
    {
    }

    /// <summary>Switches it on until the result is disposed.</summary>
    /// <exception cref="DlException"><c>DeterministicNotAvailable</c>: this torch has no such switch.</exception>
    public static IDisposable Enter()
    {
        TorchRuntime.Ensure();
        lock (Gate)
        {
            ProcessEnvironment.Default(CublasVariable, CublasWorkspace);
            if (users == 0)
                Switch(on: true);
            users++;
        }

        return new DeterministicMode();
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (left)
                return;
            left = true;
            if (--users == 0)
                Switch(on: false);
        }
    }

    /// <summary>Calls <c>at::globalContext().setDeterministicAlgorithms(on, warn_only: false)</c>. TorchSharp has no
    /// method for it, so the two functions are found by their C++ names in libtorch: those of GCC and Clang, or those
    /// of Visual C++.</summary>
    private static unsafe void Switch(bool on)
    {
        var windows = OperatingSystem.IsWindows();
        var context = (delegate* unmanaged<nint>)Function(windows
            ? "?globalContext@at@@YAAEAVContext@1@XZ"
            : "_ZN2at13globalContextEv");
        var set = (delegate* unmanaged<nint, byte, byte, void>)Function(windows
            ? "?setDeterministicAlgorithms@Context@at@@QEAAX_N0@Z" : "_ZN2at7Context26setDeterministicAlgorithmsEbb");
        set(context(), on ? (byte)1 : (byte)0, 0);
    }

    private static nint Function(string name) => TorchLibraries.Export(name) is var address and not 0 ? address
        : throw new DlException("DeterministicNotAvailable", DlErrorKind.NotAvailable,
            $"-Deterministic needs a function that this libtorch does not export ({name}). Remove -Deterministic: on "
            + "the CPU the same seed and number of threads give the same numbers without it; on a CUDA device, use the "
            + "libtorch that this DeepPS was built with.");
}
