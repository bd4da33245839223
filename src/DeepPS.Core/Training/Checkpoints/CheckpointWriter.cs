using System.Diagnostics;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Writes checkpoints. What is kept is copied between two steps; the copy goes to the disk on another thread, while training
/// goes on. One that cannot be written, because the disk is full, is a warning, and the next one is tried.
/// </summary>
internal sealed class CheckpointWriter : TrainingCallback, IDisposable
{
    /// <summary>Where a checkpoint has the epochs so far.</summary>
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

    /// <summary>Told of what was not written.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Told of what was written at the end.</summary>
    public Action<string>? Log { get; init; }

    /// <exception cref="DlException"><c>CheckpointFolderNotWritable</c>: there is no room for a checkpoint.</exception>
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
                $"The last checkpoint cannot be written to '{options.Path}': {error.Message} The one before it is whole. "
                + "Make room, and go on from it with -Resume.", options.Path, error);
        if (end is TrainingEnd.Preempted or TrainingEnd.Cancelled)
            Log?.Invoke($"A checkpoint after {session.TotalSteps:N0} steps is in '{options.Path}'; -Resume goes on from it.");
    }

    public void Dispose() => writing.Wait();

    private void Write(TrainingSession session)
    {
        if (writing.GetAwaiter().GetResult() is { } error)
            Warn?.Invoke($"A checkpoint could not be written to '{options.Path}': {error.Message} Training goes on; the one before it is whole.");
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
