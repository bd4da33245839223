namespace DeepPS.Abstractions;

/// <summary>
/// Lets work on a thread of its own call what belongs to the pipeline's thread: script blocks. The pipeline's thread runs
/// the call between its writes, and the work waits for it.
/// </summary>
internal static class PipelineThread
{
    [ThreadStatic]
    private static Action<Action>? write;

    [ThreadStatic]
    private static CancellationToken stop;

    /// <summary>Tells a thread of work how it reaches the pipeline's.</summary>
    /// <param name="write">Has something done on the pipeline's thread, later.</param>
    /// <param name="cancel">Ends the work, and its waiting.</param>
    public static void Serve(Action<Action> write, CancellationToken cancel) => (PipelineThread.write, stop) = (write, cancel);

    /// <summary>Calls a function on the pipeline's thread and waits for what it gives or throws.</summary>
    /// <exception cref="OperationCanceledException">The pipeline ended first.</exception>
    public static T Run<T>(Func<T> function)
    {
        if (write is null)
            return function();
        var done = new TaskCompletionSource<T>();
        write(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.WaitAsync(stop).GetAwaiter().GetResult();
    }
}
