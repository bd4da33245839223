using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The number of threads of torch. Its operators and its matrix library share one pool.</summary>
internal static class Threads
{
    /// <summary>Rounds of GNU OpenMP's waiting loop for each core, some tens of microseconds. Waking threads that sleep
    /// takes longer the more they are.</summary>
    private const int SpinsPerCore = 2500;

    private const int MostSpins = 100_000;

    /// <summary>The number to use: the given one, or one per core.</summary>
    public static int Count(int? asked) => asked ?? Environment.ProcessorCount;

    /// <summary>Shortens the time for which a thread of GNU OpenMP spins before it sleeps, from its default of some
    /// milliseconds (libgomp, env.c: 300,000 rounds). A spinning thread keeps its core from the helpers of
    /// <see cref="LoopTeam"/>, from .NET's compiler and from other processes. Measured on two cores with 2,000 to
    /// 10,000 rounds: steps of dense and convolutional networks and of transformers take 0.8 to 1.05 times as long,
    /// those of an LSTM 1.0 to 1.1; fewer rounds suit dense networks, more rounds small convolutions. It must be set
    /// before torch is loaded; a setting of the user stays.</summary>
    public static void SpinBriefly()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            ProcessEnvironment.Default("GOMP_SPINCOUNT",
                $"{Math.Min(SpinsPerCore * Environment.ProcessorCount, MostSpins)}");
    }

    /// <summary>Sets the threads of torch and of our own loops. A <see cref="ThreadTurn"/> calls it when nothing else
    /// computes.</summary>
    public static void Use(int threads)
    {
        LoopTeam.Threads = threads;
        UseOfThisThread(threads);
    }

    /// <summary>Sets torch's pool for this thread: each thread that calls torch has its own number.</summary>
    public static void UseOfThisThread(int threads)
    {
        if (get_num_threads() != threads)
            set_num_threads(threads);
    }
}
