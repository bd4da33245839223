using System.Diagnostics;

namespace DeepPS.Torch;

/// <summary>A turn to compute a step or a batch. The matrix library has one number of threads for the whole process,
/// and the last bits of its sums depend on it. So callers with the same number compute concurrently, and others after
/// them: a training's results do not depend on what else the process does.</summary>
internal readonly struct ThreadTurn : IDisposable
{
    /// <summary>How long callers with the current number may enter while others wait.</summary>
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

    /// <summary>Waits until callers with another number of threads are done, and sets the number. Do not hold a turn
    /// while calling code that may take one (callbacks). Within a turn of the same thread that turn
    /// continues.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="own">The number of torch's threads on this thread, if the others compute beside it; null: the same
    /// number.</param>
    public static ThreadTurn Take(int threads, int? own = null)
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

        if (own is { } number)
            Threads.UseOfThisThread(number);
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
        // The next one may have the same number.
        Monitor.PulseAll(Gate);
    }
}
