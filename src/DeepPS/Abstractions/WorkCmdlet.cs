using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace DeepPS.Abstractions;

/// <summary>
/// A cmdlet whose work takes a while. The work runs on a thread of its own and hands what is to be written to the
/// pipeline's thread, which writes it and shows progress. Ctrl+C, or a pipeline that wants no more, cancels the work.
/// </summary>
public abstract class WorkCmdlet : DlCmdlet
{
    private const int WaitingWrites = 64;
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UntilFirstProgress = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource stop = new();

    /// <summary>How long work that was cancelled is waited for: it then goes on alone to its end.</summary>
    protected virtual TimeSpan PatienceAtStop => TimeSpan.FromMilliseconds(800);

    /// <summary>Does the work, in its own thread.</summary>
    /// <param name="write">Has something written: <c>write(() =&gt; WriteObject(record))</c>. It waits where the pipeline is slow.</param>
    /// <param name="cancel">Ends the work.</param>
    protected delegate void WorkBody(Action<Action> write, CancellationToken cancel);

    /// <summary>Runs work until its end and writes what it gives.</summary>
    /// <param name="body">The work.</param>
    /// <param name="progress">How far it is; asked at most ten times a second, on the pipeline's thread.</param>
    /// <exception cref="Exception">What the work threw.</exception>
    protected void Work(WorkBody body, Func<ProgressRecord>? progress = null)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var token = cancel.Token;
        var writes = new BlockingCollection<Action>(WaitingWrites);
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                void Add(Action write) => writes.Add(write, token);
                PipelineThread.Serve(Add, token);
                body(Add, token);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                writes.CompleteAdding();
            }
        }) { IsBackground = true, Name = "DeepPS work" };

        thread.Start();
        try
        {
            Write(writes, progress, token);
        }
        finally
        {
            cancel.Cancel();
            thread.Join(PatienceAtStop);
        }

        failure?.Throw();
    }

    /// <summary>Runs work that gives one thing.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="body">The work.</param>
    protected T Work<T>(Func<CancellationToken, T> body)
    {
        T? result = default;
        Work((_, cancel) => result = body(cancel));
        return result!;
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => stop.Cancel();

    private void Write(BlockingCollection<Action> writes, Func<ProgressRecord>? progress, CancellationToken token)
    {
        var next = DateTime.UtcNow + UntilFirstProgress;
        ProgressRecord? shown = null;
        while (!writes.IsCompleted)
        {
            if (writes.TryTake(out var write, (int)BetweenProgress.TotalMilliseconds, token))
                write();
            if (progress is null || DateTime.UtcNow < next)
                continue;
            WriteProgress(shown = progress());
            next = DateTime.UtcNow + BetweenProgress;
        }

        if (shown is not null)
        {
            shown.RecordType = ProgressRecordType.Completed;
            WriteProgress(shown);
        }
    }
}
