using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>How many threads torch's own operators and the matrix library use.</summary>
/// <param name="Torch">Threads of torch's operators: convolutions, pooling, elementwise work.</param>
/// <param name="Blas">Threads of the matrix library's own pool, where it has one.</param>
public readonly record struct ThreadPlan(int Torch, int Blas)
{
    /// <summary>Both on one line.</summary>
    public override string ToString() => $"{Torch} for torch, {Blas} for BLAS";
}

/// <summary>
/// Sets threads on purpose. Two pools that are both awake fight for the cores, and a step gets several times slower; so one
/// of them gets the cores and the other one thread. Matrix products are faster in the matrix library's pool, convolutions
/// in torch's.
/// </summary>
internal static partial class Threads
{
    private static readonly Lazy<nint> OpenBlas = new(FindOpenBlas);

    /// <summary>The matrix library whose pool can be set; null where torch brings its own.</summary>
    public static string? BlasName => OpenBlas.Value != 0 ? "OpenBLAS" : null;

    /// <summary>What is best for a network: measured on two cores, see the README.</summary>
    /// <param name="network">The network.</param>
    /// <param name="threads">Threads in all; null: one for each core.</param>
    public static ThreadPlan For(Network network, int? threads)
    {
        var all = threads ?? Environment.ProcessorCount;
        var convolves = BlasName is not null && network.Parameters.Any(parameter => parameter.Value.dim() > 2);
        return convolves ? new ThreadPlan(all, 1) : ForMatrices(all);
    }

    /// <summary>What is best for products of matrices.</summary>
    public static ThreadPlan ForMatrices(int threads) => new(BlasName is null ? threads : 1, threads);

    /// <summary>Sets both pools, and the threads of our own loops. A <see cref="ThreadTurn"/> does so when nobody else computes.</summary>
    public static unsafe void Use(ThreadPlan plan)
    {
        LoopTeam.Threads = Math.Max(plan.Torch, plan.Blas);
        UseOfThisThread(plan);
        if (OpenBlas.Value != 0)
            ((delegate* unmanaged<int, void>)OpenBlas.Value)(plan.Blas);
    }

    /// <summary>Sets torch's pool: each thread that calls torch has a number of its own.</summary>
    public static void UseOfThisThread(ThreadPlan plan)
    {
        if (get_num_threads() != plan.Torch)
            set_num_threads(plan.Torch);
    }

    /// <summary>
    /// Keeps torch's idle threads from spinning long for work that other processes hold up: on a busy machine that made a
    /// step three to five times slower. It must happen before torch is loaded, and what the user has set stays.
    /// </summary>
    public static void CalmBeforeLoading()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            ProcessEnvironment.Default("GOMP_SPINCOUNT", SpinCount);
    }

    /// <summary>OpenBLAS's own switch, where the process has loaded that library as part of torch.</summary>
    private static nint FindOpenBlas()
    {
        TorchRuntime.Ensure();
        if (!OperatingSystem.IsLinux())
            return 0;
        var library = dlopen("libopenblas.so.0", LoadedOnly);
        return library != 0 && NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out var address) ? address : 0;
    }

    /// <summary>RTLD_LAZY with RTLD_NOLOAD: a library is found only if the process has it already.</summary>
    private const int LoadedOnly = 1 | 4;

    /// <summary>Rounds of GNU OpenMP's waiting loop before a thread sleeps: some microseconds.</summary>
    private const string SpinCount = "10000";

    [LibraryImport("libc.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string name, int flags);
}
