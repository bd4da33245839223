using System.Diagnostics;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Has torch's threads wait without spinning while other processes need the processor.</summary>
/// <remarks>A thread of GNU OpenMP that waits for another spins for some milliseconds before it sleeps. On a quiet
/// machine that is fastest: a step has hundreds of short operators. Beside a busy process the other thread may not have
/// a core, and the spinning takes the time that it needs: an epoch takes up to ten times as long. OpenMP's own remedy
/// is to spin a thousandth as long while it manages more threads than there are cores (libgomp, config/linux/wait.h and
/// env.c). Parked threads with pools of their own bring that about, and their end takes it back. Numbers do not change:
/// each training keeps its threads.</remarks>
internal sealed class ShortWaits : IDisposable
{
    /// <summary>How often to look at the machine's load.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>Enough numbers for each thread of an operator to get a part of them.</summary>
    private const int NumbersPerThread = 1 << 17;

    private static readonly Lock Gate = new();
    private static int users;
    private static ManualResetEventSlim? parked;

    private readonly ProcessorLoad load;
    private readonly int threads;
    private readonly Action<string>? log;
    private long looked = Stopwatch.GetTimestamp();

    /// <param name="threads">The threads that compute.</param>
    /// <param name="log">Told of each change.</param>
    public ShortWaits(int threads, Action<string>? log) : this(threads, log, new ProcessorLoad())
    {
    }

    internal ShortWaits(int threads, Action<string>? log, ProcessorLoad load)
    {
        (this.threads, this.log, this.load) = (threads, log, load);
        load.FreeCores();
    }

    /// <summary>Whether waits are short now for this one.</summary>
    public bool AreShort { get; private set; }

    /// <summary>Looks at the load if it is time, and sets how threads wait. Called between steps.</summary>
    public void Look()
    {
        if (threads < 2 || Stopwatch.GetElapsedTime(looked) < Interval)
            return;
        looked = Stopwatch.GetTimestamp();
        if (load.FreeCores() is not { } free || AreShort == threads > free + 0.5)
            return;
        log?.Invoke(AreShort ? "The processor is free again: waiting threads spin."
            : $"Other processes leave {free:0.0} cores for {threads} threads: waiting threads sleep.");
        Set(!AreShort);
    }

    public void Dispose() => Set(false);

    private void Set(bool wanted)
    {
        if (wanted == AreShort)
            return;
        AreShort = wanted;
        lock (Gate)
        {
            if (wanted && users++ == 0)
                Park(threads);
            else if (!wanted && --users == 0)
            {
                parked?.Set();
                parked = null;
            }
        }
    }

    /// <summary>Starts threads that compute once, each with a pool of its own, and then sleep until the event that is
    /// kept for them. A new thread takes the number of threads that torch was set to last; setting another one here
    /// would set the matrix library's for all.</summary>
    private static void Park(int threads)
    {
        var end = parked = new ManualResetEventSlim();
        // One thread, and (threads - 1) of each pool, the training's among them, are to be more than there are cores.
        for (var pools = (Environment.ProcessorCount - 1) / (threads - 1); pools > 0; pools--)
            new Thread(() => ComputeAndWait(threads, end)) { IsBackground = true, Name = "DeepPS waits" }.Start();
    }

    private static void ComputeAndWait(int threads, ManualResetEventSlim end)
    {
        try
        {
            using var numbers = zeros([(long)threads * NumbersPerThread]);
            numbers.add_(1);
        }
        catch (Exception)
        {
            // Waits are then as long as ever: training goes on. An error here would end the process.
        }

        end.Wait();
    }
}
