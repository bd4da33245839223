using System.Diagnostics;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Writes checkpoints. The state is copied between two steps; another thread writes the copy while training continues.
/// A checkpoint that cannot be written, for example because the disk is full, gives a warning; the next one is tried
/// again. The model of the best epoch is copied when it ends and written with the next checkpoint.
/// </summary>
internal sealed class CheckpointWriter : TrainingCallback, IDisposable
{
    /// <summary>The part of a checkpoint that has the epochs so far.</summary>
    public const string History = "history";

    private const string BestRoom = "best";

    private readonly CheckpointOptions options;
    private readonly CheckpointFolder folder;
    private Task<Failed?> writing = Task.FromResult<Failed?>(null);
    private BestEpoch? bestEpoch;
    private Checkpoint? best;
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
            session.Run.SaveNetwork(state.Part(BestRoom));
            folder.CheckRoom(state.Size);
        }

        written = session.TotalSteps > 0 ? session.Run.Clock.Position : null;
        bestEpoch = session.Run.NewBest();
        foreach (var record in session.Model.History.Where(
            record => record.Epoch > session.Run.Clock.Position.FirstEpoch))
            bestEpoch.Add(record);
        if (bestEpoch.Epoch == 0)
            folder.ForgetBest();
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
        if (bestEpoch!.Add(record))
            KeepBest(session);
        if (options.Every.Epochs > 0 && ++epochs % options.Every.Epochs == 0)
            Write(session);
    }

    /// <exception cref="DlException"><c>CheckpointFailed</c>: the last one cannot be written.</exception>
    public override void End(TrainingSession session, TrainingEnd end)
    {
        if (end != TrainingEnd.Failed && session.Run.Clock.Position != written)
            Write(session);
        if (Written() is { } error)
            throw new DlException("CheckpointFailed", DlErrorKind.NotAvailable,
                $"The last checkpoint cannot be written to '{options.Path}': {Reason(error)} The one before it is "
                + "complete. Free disk space, and continue from it with -Resume.", options.Path, error);
        if (end is TrainingEnd.Preempted or TrainingEnd.Cancelled)
            Log?.Invoke($"A checkpoint after {session.TotalSteps:N0} steps is in '{options.Path}'; -Resume continues "
                + "from it.");
    }

    public void Dispose()
    {
        Written();
        best?.Dispose();
    }

    private void KeepBest(TrainingSession session)
    {
        best?.Dispose();
        best = Copy(session);
        // The network has the average of its weights at the end of an epoch.
        session.Run.SaveNetwork(best.State);
    }

    private void Write(TrainingSession session)
    {
        if (Written() is { } error)
            Warn?.Invoke($"A checkpoint could not be written to '{options.Path}': {Reason(error)} Training continues; "
                + "the checkpoint before it is complete.");
        var checkpoint = Copy(session);
        session.Run.Save(checkpoint.State);
        written = checkpoint.Position;
        lastTime = Stopwatch.GetTimestamp();
        (var newBest, best) = (best, null);
        writing = Task.Run(() => ToDisk(checkpoint, newBest));
    }

    /// <summary>Waits until the checkpoint before is written; its error, or null.</summary>
    private Exception? Written()
    {
        if (writing.GetAwaiter().GetResult() is not { } failed)
            return null;
        writing = Task.FromResult<Failed?>(null);
        if (best is null)
            best = failed.Best;
        else
            failed.Best?.Dispose();
        return failed.Error;
    }

    /// <summary>A checkpoint of now without the state of the training.</summary>
    private static Checkpoint Copy(TrainingSession session)
    {
        var checkpoint = new Checkpoint
        {
            Model = ModelJson.WriteWithoutHistory(session.Model),
            Settings = session.Settings,
            Data = session.Data,
            Position = session.Run.Clock.Position,
            State = new StateBag(),
        };
        EpochHistory.Save(session.Model.History, checkpoint.State.Part(History));
        return checkpoint;
    }

    private Failed? ToDisk(Checkpoint checkpoint, Checkpoint? newBest)
    {
        try
        {
            folder.Write(checkpoint, newBest, options.Keep);
            newBest?.Dispose();
            return null;
        }
        // Whatever it is: training goes on, and the next checkpoint is tried. An exception that escaped this thread
        // would end the training with words of .NET, and lose the best epoch.
        catch (Exception e)
        {
            return new Failed(e, newBest);
        }
        finally
        {
            checkpoint.Dispose();
        }
    }

    /// <summary>Why a checkpoint could not be written, in a sentence.</summary>
    private static string Reason(Exception error) => error switch
    {
        IOException or UnauthorizedAccessException or DlException => error.Message,
        _ when MemoryShortage.Is(error) => "The memory is exhausted.",
        _ => $"An unexpected failure ({error.GetType().Name}).",
    };

    /// <summary>Why a checkpoint could not be written, and the best epoch that was to be written with it.</summary>
    private sealed record Failed(Exception Error, Checkpoint? Best);
}
