using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace DeepPS.Abstractions;

/// <summary>
/// Base of cmdlets with long work. The work runs on its own thread and queues its output for the pipeline's thread,
/// which writes it and shows progress. Ctrl+C, or a pipeline that stops early, cancels the work.
/// </summary>
public abstract class WorkCmdlet : DlCmdlet
{
    private const int WaitingWrites = 64;
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UntilFirstProgress = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource stop = new();

    /// <summary>How long to wait for cancelled work to end.</summary>
    protected virtual TimeSpan PatienceAtStop => TimeSpan.FromMilliseconds(800);

    /// <summary>Work that runs on its own thread.</summary>
    /// <param name="write">Queues output: <c>write(() =&gt; WriteObject(record))</c>. It blocks while the queue is
    /// full.</param>
    /// <param name="cancel">Cancels the work.</param>
    protected delegate void WorkBody(Action<Action> write, CancellationToken cancel);

    /// <summary>Runs work to its end and writes its output.</summary>
    /// <param name="body">The work.</param>
    /// <param name="progress">Reports progress; called on the pipeline's thread, at most ten times a second.</param>
    /// <exception cref="Exception">The exception of the work.</exception>
    protected void Work(WorkBody body, Func<ProgressRecord>? progress = null)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var token = cancel.Token;
        var writes = new BlockingCollection<Action>(WaitingWrites);
        ExceptionDispatchInfo? failure = null;
        var thread = WorkThread.Start(() =>
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
        });
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

    /// <summary>Runs work with a result.</summary>
    /// <typeparam name="T">The result.</typeparam>
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
