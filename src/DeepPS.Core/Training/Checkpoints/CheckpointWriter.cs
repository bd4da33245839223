using System.Diagnostics;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Writes checkpoints. The state is copied between two steps; another thread writes the copy while training continues.
/// A checkpoint that cannot be written, for example because the disk is full, gives a warning; the next one is tried
/// again.
/// </summary>
internal sealed class CheckpointWriter : TrainingCallback, IDisposable
{
    /// <summary>The part of a checkpoint that has the epochs so far.</summary>
    public const string History = "history";

    private readonly CheckpointOptions options;
    private readonly CheckpointFolder folder;
    private Task<Exception?> writing = Task.FromResult<Exception?>(null);
    private TrainingPosition? written;
    private long lastTime;
    private int epochs;

    public CheckpointWriter(CheckpointOptions options)
    {
        this.options = options;
        folder = new CheckpointFolder(options.Path);
    }

    /// <summary>Called for a checkpoint that cannot be written.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Called with the place of the last checkpoint.</summary>
    public Action<string>? Log { get; init; }

    /// <exception cref="DlException">
    /// <c>CheckpointFolderNotWritable</c>: there is no space for a checkpoint.
    /// </exception>
    public override void Begin(TrainingSession session)
    {
        using (var state = new StateBag())
        {
            session.Run.Save(state);
            folder.CheckRoom(state.Size);
        }

        written = session.TotalSteps > 0 ? session.Run.Clock.Position : null;
        lastTime = Stopwatch.GetTimestamp();
    }

    public override void AfterStep(TrainingSession session)
    {
        var due = options.Every.Steps > 0 && session.TotalSteps % options.Every.Steps == 0
            || options.Every.Time > TimeSpan.Zero && Stopwatch.GetElapsedTime(lastTime) >= options.Every.Time;
        if (due)
            Write(session);
    }

    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        if (options.Every.Epochs > 0 && ++epochs % options.Every.Epochs == 0)
            Write(session);
    }

    /// <exception cref="DlException"><c>CheckpointFailed</c>: the last one cannot be written.</exception>
    public override void End(TrainingSession session, TrainingEnd end)
    {
        if (end != TrainingEnd.Failed && session.Run.Clock.Position != written)
            Write(session);
        if (writing.GetAwaiter().GetResult() is { } error)
            throw new DlException("CheckpointFailed", DlErrorKind.NotAvailable,
                $"The last checkpoint cannot be written to '{options.Path}': {error.Message} The one before it is "
                + "complete. Free disk space, and continue from it with -Resume.", options.Path, error);
        if (end is TrainingEnd.Preempted or TrainingEnd.Cancelled)
            Log?.Invoke($"A checkpoint after {session.TotalSteps:N0} steps is in '{options.Path}'; -Resume continues "
                + "from it.");
    }

    public void Dispose() => writing.Wait();

    private void Write(TrainingSession session)
    {
        if (writing.GetAwaiter().GetResult() is { } error)
            Warn?.Invoke($"A checkpoint could not be written to '{options.Path}': {error.Message} Training continues; "
                + "the checkpoint before it is complete.");
        var checkpoint = new Checkpoint
        {
            Model = ModelJson.WriteWithoutHistory(session.Model),
            Settings = session.Settings,
            Data = session.Data,
            Position = written = session.Run.Clock.Position,
            State = new StateBag(),
        };
        session.Run.Save(checkpoint.State);
        EpochHistory.Save(session.Model.History, checkpoint.State.Part(History));
        lastTime = Stopwatch.GetTimestamp();
        writing = Task.Run(() => ToDisk(checkpoint));
    }

    private Exception? ToDisk(Checkpoint checkpoint)
    {
        try
        {
            folder.Write(checkpoint, options.Keep);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
        finally
        {
            checkpoint.Dispose();
        }
    }
}
