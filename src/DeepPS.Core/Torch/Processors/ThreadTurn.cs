using System.Diagnostics;

namespace DeepPS.Torch;

/// <summary>A turn at the processor, from which a step or a batch is computed. The matrix library has one number of
/// threads for the whole process, and the last bits of its sums depend on it. So those who want the same threads
/// compute side by side, and others after them: what a training comes to does not depend on what else the process
/// does.</summary>
internal readonly struct ThreadTurn : IDisposable
{
    /// <summary>How long those of one kind may come in while others wait.</summary>
    private static readonly TimeSpan WhileOthersWait = TimeSpan.FromMilliseconds(5);

    private static readonly object Gate = new();
    private static readonly Queue<object> Waiting = new();
    private static int current;
    private static long since;
    private static int inside;

    [ThreadStatic]
    private static bool has;

    private readonly bool isOuter;

    private ThreadTurn(bool isOuter) => this.isOuter = isOuter;

    /// <summary>Waits until those who compute with other threads have done, and sets threads. It is not to be held
    /// while others are called who may want one: callbacks. Within a turn of the same thread, that one goes
    /// on.</summary>
    public static ThreadTurn Take(int threads)
    {
        if (has)
            return default;
        lock (Gate)
        {
            if (!MayEnter(threads))
                WaitFor(threads);
            if (inside > 0)
                Threads.UseOfThisThread(threads);
            else
                Threads.Use(threads);
            if (threads != current)
                since = Stopwatch.GetTimestamp();
            current = threads;
            inside++;
        }

        has = true;
        return new ThreadTurn(isOuter: true);
    }

    public void Dispose()
    {
        if (!isOuter)
            return;
        has = false;
        lock (Gate)
        {
            if (--inside == 0 && Waiting.Count > 0)
                Monitor.PulseAll(Gate);
        }
    }

    private static bool MayEnter(int threads) => (inside == 0 || threads == current)
        && (Waiting.Count == 0 || (threads == current && Stopwatch.GetElapsedTime(since) < WhileOthersWait));

    private static void WaitFor(int threads)
    {
        var place = new object();
        Waiting.Enqueue(place);
        while (Waiting.Peek() != place || (inside > 0 && threads != current))
            Monitor.Wait(Gate);
        Waiting.Dequeue();
        // Who is the first now may want the same.
        Monitor.PulseAll(Gate);
    }
}
