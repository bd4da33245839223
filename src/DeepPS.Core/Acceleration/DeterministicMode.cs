using TorchSharp;

namespace DeepPS;

/// <summary>
/// Holds torch to algorithms that give the same numbers each time: convolutions of cuDNN, scattered sums and matrix products on
/// a CUDA device; an operator that has none fails. On the CPU the operators that layers use give the same numbers with the same
/// threads without it; there it adds that any other operator fails. It is PyTorch's <c>use_deterministic_algorithms</c>, one switch
/// for the process: it stays on while one training needs it, and trainings beside it are held to the same.
/// </summary>
internal sealed class DeterministicMode : IDisposable
{
    /// <summary>The variable that gives cuBLAS workspaces of its own, without which its sums differ; it is read at the first product.</summary>
    internal const string CublasVariable = "CUBLAS_WORKSPACE_CONFIG";

    /// <summary>Eight workspaces of 4 MiB, which NVIDIA names for the purpose.</summary>
    internal const string CublasWorkspace = ":4096:8";

    private static readonly Lock Gate = new();
    private static int users;
    private static IDisposable? mode;
    private bool left;

    private DeterministicMode()
    {
    }

    /// <summary>Switches it on, until what is given back is disposed.</summary>
    /// <exception cref="DlException"><c>DeterministicNotAvailable</c>: this torch has no such switch.</exception>
    public static IDisposable Enter()
    {
        TorchRuntime.Ensure();
        lock (Gate)
        {
            ProcessEnvironment.Default(CublasVariable, CublasWorkspace);
            mode ??= Switch();
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
            if (--users > 0)
                return;
            mode?.Dispose();
            mode = null;
        }
    }

#if TORCH_SYSTEM
    private static IDisposable Switch() => torch.use_deterministic_algorithms();
#else
    private static IDisposable Switch() => throw new DlException("DeterministicNotAvailable", DlErrorKind.NotAvailable,
        "The TorchSharp package cannot hold torch to deterministic algorithms. Leave -Deterministic out: on the CPU the same seed and number of "
        + "threads give the same numbers anyway; for a CUDA device build with TorchProvider=system over a libtorch or PyTorch with CUDA.");
#endif
}
