using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>How many threads torch computes with. Its operators and its matrix library share one pool.</summary>
internal static class Threads
{
    /// <summary>The number to use: the one asked for, or else one for each core.</summary>
    public static int Count(int? asked) => asked ?? Environment.ProcessorCount;

    /// <summary>Sets the threads of torch and of our own loops. A <see cref="ThreadTurn"/> does so when nobody else
    /// computes.</summary>
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
}
