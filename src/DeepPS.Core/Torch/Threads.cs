using static TorchSharp.torch;

namespace DeepPS;

/// <summary>How many threads torch computes with. Its operators and its matrix library share one pool.</summary>
internal static class Threads
{
    /// <summary>
    /// Rounds of GNU OpenMP's waiting loop before a thread sleeps, some ten microseconds. Measured on two cores, epochs of small
    /// networks: with fewer than 500 rounds threads sleep between the operators of a step, and an epoch takes 1.3 times as long; with
    /// 10,000 an epoch beside one other busy process takes 6 times as long, with 700 about twice.
    /// </summary>
    private const string SpinCount = "700";

    /// <summary>The number to use: the one asked for, or else one for each core.</summary>
    public static int Count(int? asked) => asked ?? Environment.ProcessorCount;

    /// <summary>Sets the threads of torch and of our own loops. A <see cref="ThreadTurn"/> does so when nobody else computes.</summary>
    public static void Use(int threads)
    {
        LoopTeam.Threads = threads;
        UseOfThisThread(threads);
    }

    /// <summary>Sets torch's pool: each thread that calls torch has a number of its own.</summary>
    public static void UseOfThisThread(int threads)
    {
        if (get_num_threads() != threads)
            set_num_threads(threads);
    }

    /// <summary>
    /// Lets torch's waiting threads sleep soon. A thread that waits for another spins first; beside a busy process the other one
    /// may not have a core, and the spinning takes the time that it needs. It must be set before torch is loaded. A setting of the
    /// user stays.
    /// </summary>
    public static void CalmBeforeLoading()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            ProcessEnvironment.Default("GOMP_SPINCOUNT", SpinCount);
    }
}
