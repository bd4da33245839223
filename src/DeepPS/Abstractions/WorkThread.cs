namespace DeepPS.Abstractions;

/// <summary>
/// Threads that each do one work. One can be started ahead: while torch is loaded, the system starts none (see
/// <see cref="Torch.BackgroundLoading"/>).
/// </summary>
internal sealed class WorkThread
{
    private static WorkThread? spare;

    private readonly SemaphoreSlim given = new(0);
    private readonly Thread thread;
    private Action work = () => { };

    private WorkThread()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "DeepPS work" };
        thread.Start();
    }

    /// <summary>Starts the thread of the next work, unless one waits already.</summary>
    public static void Prepare()
    {
        if (Volatile.Read(ref spare) is not null)
            return;
        var ready = new WorkThread();
        if (Interlocked.CompareExchange(ref spare, ready, null) is not null)
            ready.Give(() => { });
    }

    /// <summary>Starts a work.</summary>
    /// <param name="work">The work. It must not throw.</param>
    /// <returns>Its thread, which ends with it.</returns>
    public static Thread Start(Action work)
    {
        var free = Interlocked.Exchange(ref spare, null) ?? new WorkThread();
        // Culture and the like are the caller's, as those of a thread that starts here.
        var context = ExecutionContext.Capture();
        free.Give(context is null ? work : () => ExecutionContext.Run(context, _ => work(), null));
        return free.thread;
    }

    private void Give(Action next)
    {
        work = next;
        given.Release();
    }

    private void Run()
    {
        given.Wait();
        work();
    }
}
