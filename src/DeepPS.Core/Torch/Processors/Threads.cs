using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The number of threads of torch. Its operators and its matrix library share one pool.</summary>
internal static class Threads
{
    /// <summary>The number to use: the given one, or one per core.</summary>
    public static int Count(int? asked) => asked ?? Environment.ProcessorCount;

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
