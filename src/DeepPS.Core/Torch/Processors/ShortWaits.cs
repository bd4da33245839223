using System.Diagnostics;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Makes torch's threads wait without spinning while other processes need the processor.</summary>
/// <remarks>A thread of GNU OpenMP that waits for another spins before it sleeps
/// (<see cref="Threads.SpinBriefly"/>). On a quiet machine that is fastest: a step has hundreds of short operators.
/// Beside a busy process the other thread may not have a core, and spinning takes the time that it needs: an epoch of
/// small operators takes twice as long. OpenMP itself spins for a hundred rounds while it manages more threads than
/// cores (libgomp, config/linux/wait.h and env.c). Parked threads with their own pools cause that, and ending them
/// undoes it. Results do not change: each training keeps its threads. The threads of a convolution's gradient spin in
/// oneDNN's own barrier, which nothing shortens: one thread is fastest there.</remarks>
internal sealed class ShortWaits : IDisposable
{
    /// <summary>The interval between measurements of the machine's load.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>Enough numbers for each thread of an operator to get a part.</summary>
    private const int NumbersPerThread = 1 << 17;

    private static readonly Lock Gate = new();
    private static int users;
    private static ManualResetEventSlim? parked;

    private readonly ProcessorLoad load;
    private readonly int threads;
    private readonly Action<string>? log;
    private long looked = Stopwatch.GetTimestamp();

    /// <param name="threads">The number of computing threads.</param>
    /// <param name="log">Called for each change.</param>
    public ShortWaits(int threads, Action<string>? log) : this(threads, log, new ProcessorLoad())
    {
    }

    internal ShortWaits(int threads, Action<string>? log, ProcessorLoad load)
    {
        (this.threads, this.log, this.load) = (threads, log, load);
        load.FreeCores();
    }

    /// <summary>Whether waits are short now.</summary>
    public bool AreShort { get; private set; }

    /// <summary>Measures the load if it is time, and sets how threads wait. Called between steps.</summary>
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

    /// <summary>Starts threads that compute once, each with its own pool, and then sleep until the event. A new thread
    /// takes torch's last number of threads; setting it here would change the matrix library's number for
    /// all.</summary>
    private static void Park(int threads)
    {
        var end = parked = new ManualResetEventSlim();
        // One thread and (threads - 1) of each pool, including the training's, must exceed the number of cores.
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
            // Waits stay long and training continues. An error here would end the process.
        }

        end.Wait();
    }
}
