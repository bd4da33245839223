using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Writes to a file in their order. One that fails, because the file is open in another program or the disk is full,
/// waits with those after it for the next attempt. Only the thread that trains uses it.
/// </summary>
internal sealed class LateWrites
{
    private readonly Queue<Action> waiting = new();

    /// <summary>The number of writes that wait.</summary>
    public int Waiting => waiting.Count;

    /// <summary>The error of the first write that waits; null if none does.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>Adds a write, and does all that wait.</summary>
    public void Add(Action write)
    {
        waiting.Enqueue(write);
        Try();
    }

    /// <summary>Does all that wait.</summary>
    public void Try() => Try(write => write());

    /// <summary>Does all that wait, each again for up to a second if the file is open elsewhere.</summary>
    public void TryPatiently() => Try(FileInUse.Retry);

    private void Try(Action<Action> attempt)
    {
        Problem = null;
        try
        {
            while (waiting.TryPeek(out var write))
            {
                attempt(write);
                waiting.Dequeue();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = e;
        }
    }
}
