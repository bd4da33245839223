namespace DeepPS.Abstractions;

/// <summary>
/// Lets a work thread run script blocks, which belong to the pipeline's thread. The pipeline's thread runs the call
/// between its writes, and the work thread waits for it.
/// </summary>
internal static class PipelineThread
{
    [ThreadStatic]
    private static Action<Action>? write;

    [ThreadStatic]
    private static CancellationToken stop;

    /// <summary>Connects a work thread with the pipeline's thread.</summary>
    /// <param name="write">Queues an action for the pipeline's thread.</param>
    /// <param name="cancel">Cancels the work and its waiting.</param>
    public static void Serve(Action<Action> write, CancellationToken cancel) =>
        (PipelineThread.write, stop) = (write, cancel);

    /// <summary>Calls a function on the pipeline's thread and waits for its result or exception.</summary>
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
