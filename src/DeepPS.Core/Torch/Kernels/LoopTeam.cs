using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace DeepPS.Torch;

/// <summary>Threads that help with short loops. The calling thread starts at once and takes piece after piece; helpers
/// are woken and take pieces as soon as they run. So a helper that is late, because another process or the matrix
/// library's pool holds its core, costs nothing.</summary>
internal static class LoopTeam
{
    /// <summary>How long the caller spins for the last pieces before it sleeps, which gives its core to a
    /// helper.</summary>
    private static readonly TimeSpan Spin = TimeSpan.FromMicroseconds(50);

    private static readonly SemaphoreSlim Wake = new(0);
    private static readonly object Ended = new();
    private static readonly Lazy<int> Helpers = new(Start);

    /// <summary>The number of the loop, in the upper half, and of its pieces that nobody has taken: a helper that is
    /// late can take no piece of a later loop by mistake.</summary>
    private static long left;

    // 1 while a caller has the team.
    private static int busy;

    // They belong to the loop until all its pieces are finished.
    private static Action<int> work = Nothing;
    private static int pieces;
    private static int finished;
    private static ExceptionDispatchInfo? failure;

    /// <summary>The number of threads of a loop, including the caller's.</summary>
    public static int Threads { get; set; } = 1;

    /// <summary>Runs a loop's pieces in any order. If the team works for another caller, or for the loop that this
    /// call is a part of, the calling thread works alone.</summary>
    /// <param name="count">The number of pieces.</param>
    /// <param name="piece">Runs a piece, by its number. The caller gets an exception of it.</param>
    public static void Run(int count, Action<int> piece)
    {
        var helpers = Math.Min(Threads, count) - 1;
        helpers = helpers > 0 ? Math.Min(helpers, Helpers.Value) : 0;
        if (helpers <= 0 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            for (var i = 0; i < count; i++)
                piece(i);
            return;
        }

        try
        {
            (work, pieces, finished, failure) = (piece, count, 0, null);
            Volatile.Write(ref left, ((left >> 32) + 1) << 32 | (uint)count);
            Wake.Release(helpers);
            TakePieces();
            WaitForHelpers(count);
            failure?.Throw();
        }
        finally
        {
            work = Nothing;
            Volatile.Write(ref busy, 0);
        }
    }

    private static void TakePieces()
    {
        while (true)
        {
            var seen = Volatile.Read(ref left);
            var count = (int)seen;
            if (count == 0)
                return;
            if (Interlocked.CompareExchange(ref left, seen - 1, seen) != seen)
                continue;
            // The piece is taken and not finished: the fields are those of its loop.
            var all = pieces;
            try
            {
                work(all - count);
            }
            catch (Exception e)
            {
                Volatile.Write(ref failure, ExceptionDispatchInfo.Capture(e));
            }

            if (Interlocked.Increment(ref finished) == all)
                lock (Ended)
                    Monitor.PulseAll(Ended);
        }
    }

    private static void Nothing(int piece)
    {
    }

    private static void WaitForHelpers(int count)
    {
        var start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref finished) < count && Stopwatch.GetElapsedTime(start) < Spin)
            Thread.SpinWait(10);
        if (Volatile.Read(ref finished) == count)
            return;
        lock (Ended)
            while (Volatile.Read(ref finished) < count)
                Monitor.Wait(Ended);
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
        }
    }
}
