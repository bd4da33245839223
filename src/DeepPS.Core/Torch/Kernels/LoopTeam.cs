namespace DeepPS.Torch;

/// <summary>Threads that help with short loops. The calling thread starts at once and takes piece after piece; helpers
/// are woken and take pieces as soon as they run. So a helper that is late, because the matrix library's pool holds its
/// core, costs nothing.</summary>
internal static class LoopTeam
{
    private static readonly SemaphoreSlim Wake = new(0);
    private static readonly Lazy<int> Helpers = new(Start);
    private static Action<int> work = _ => { };
    private static int pieces;
    private static int next;
    private static int finished;
    // The helpers that were woken and the caller: as long as one is left, the fields above belong to its loop.
    private static int awake;
    private static Exception? failure;

    /// <summary>The number of threads of a loop, including the caller's.</summary>
    public static int Threads { get; set; } = 1;

    /// <summary>Whether all helpers sleep, and no caller has the team.</summary>
    internal static bool IsIdle => Volatile.Read(ref awake) == 0;

    /// <summary>Runs a loop's pieces in any order. If the team works for another caller, the calling thread works
    /// alone.</summary>
    /// <param name="count">The number of pieces.</param>
    /// <param name="piece">Runs a piece, by its number.</param>
    public static void Run(int count, Action<int> piece)
    {
        var helpers = Math.Min(Threads - 1, count - 1);
        helpers = helpers > 0 ? Math.Min(helpers, Helpers.Value) : 0;
        if (helpers <= 0 || Interlocked.CompareExchange(ref awake, helpers + 1, 0) != 0)
        {
            for (var i = 0; i < count; i++)
                piece(i);
            return;
        }

        // All helpers sleep now, and no other caller waits for pieces, so these may be set.
        (work, pieces, next, finished, failure) = (piece, count, 0, 0, null);
        Wake.Release(helpers);
        TakePieces();
        var wait = new SpinWait();
        while (Volatile.Read(ref finished) < count)
            wait.SpinOnce(sleep1Threshold: -1);
        var error = Volatile.Read(ref failure);
        Interlocked.Decrement(ref awake);
        if (error is not null)
            throw new AggregateException(error);
    }

    private static void TakePieces()
    {
        int piece;
        while ((piece = Interlocked.Increment(ref next) - 1) < pieces)
        {
            try
            {
                work(piece);
            }
            catch (Exception e)
            {
                Volatile.Write(ref failure, e);
            }

            Interlocked.Increment(ref finished);
        }
    }

    private static int Start()
    {
        var count = Environment.ProcessorCount - 1;
        for (var i = 0; i < count; i++)
            new Thread(Help) { IsBackground = true, Name = "DeepPS loop" }.Start();
        return count;
    }

    private static void Help()
    {
        while (true)
        {
            Wake.Wait();
            TakePieces();
            Interlocked.Decrement(ref awake);
        }
    }
}
