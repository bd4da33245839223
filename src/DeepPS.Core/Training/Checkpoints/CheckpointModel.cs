using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Reads the model of a training from its checkpoints.</summary>
public static class CheckpointModel
{
    /// <summary>Reads a model from a model file, a checkpoint, or a folder of checkpoints.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="warn">Called for each damaged checkpoint.</param>
    /// <param name="choice">Which model of the checkpoints to read.</param>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>; those of <see cref="ModelFile.Load"/>; for checkpoints <c>NoCheckpoint</c>,
    /// <c>NoBestCheckpoint</c>, <c>CheckpointDamaged</c>, <c>CheckpointVersion</c>; <c>NotACheckpoint</c>: a model file
    /// has no choice.
    /// </exception>
    public static Model LoadAny(string path, Action<string>? warn = null,
        CheckpointChoice choice = CheckpointChoice.Result)
    {
        if (WordVectorFile.Is(path) && File.Exists(path) && choice == CheckpointChoice.Result)
            return WordVectorFile.Read(path);
        if (!Directory.Exists(path) && (!CheckpointFolder.Names(path) || !File.Exists(path)))
            return choice == CheckpointChoice.Result || !File.Exists(path) ? ModelFile.Load(path)
                : throw new DlException("NotACheckpoint", DlErrorKind.InvalidArgument,
                    $"-{choice} needs the folder of a training's checkpoints; '{path}' is a model file, which has one "
                    + $"model. Remove -{choice}.", path);
        TorchRuntime.Ensure();
        return Load(path, warn, choice);
    }

    /// <summary>Reads the model of a checkpoint, or of a folder of checkpoints.</summary>
    /// <param name="path">The checkpoint, or the folder.</param>
    /// <param name="warn">Called for each damaged checkpoint.</param>
    /// <param name="choice">Which model of the checkpoints to read.</param>
    /// <exception cref="DlException">
    /// <c>NoCheckpoint</c>: the folder has no complete one; <c>NoBestCheckpoint</c>, <c>CheckpointDamaged</c>,
    /// <c>CheckpointVersion</c>.
    /// </exception>
    internal static Model Load(string path, Action<string>? warn, CheckpointChoice choice = CheckpointChoice.Result)
    {
        var folder = Directory.Exists(path) ? new CheckpointFolder(path) : null;
        using var best = choice == CheckpointChoice.Best ? folder?.Best(warn) : null;
        if (best is not null)
            return TrainingResume.ModelOf(best);
        using var checkpoint = folder?.Newest(warn) ?? Checkpoint.Read(path);
        var stopping = checkpoint.State.Part("earlyStop");
        var model = TrainingResume.ModelOf(checkpoint);
        // Within an epoch the checkpoint has the network's own weights; the model of a training that ends there has
        // their average.
        WeightAverage.Give(checkpoint.State.Part("average"), model.Network!);
        var restored = (choice == CheckpointChoice.Best || (choice == CheckpointChoice.Result && HasEnded(checkpoint)))
            && EarlyStop.Give(stopping, model.Network!);
        if (choice != CheckpointChoice.Best || restored)
            return model;
        model.Dispose();
        throw new DlException("NoBestCheckpoint", DlErrorKind.NotFound,
            $"There is no checkpoint of a best epoch in '{path}': no epoch has ended yet, or an earlier version wrote "
            + "the checkpoints. Use -Last for the newest checkpoint.", path);
    }

    /// <summary>Whether a training has no epoch left and restores the parameters of its best one.</summary>
    /// <exception cref="CheckpointDamagedException">Its settings are no settings of a training.</exception>
    private static bool HasEnded(Checkpoint checkpoint)
    {
        try
        {
            return (checkpoint.Position.Ended
                    || checkpoint.Settings.Find(nameof(TrainingOptions.Epochs)) is { } epochs
                    && checkpoint.Position.Epoch > epochs.AsWhole())
                && checkpoint.Settings.Find(nameof(TrainingOptions.EarlyStopping)) is JsonObject stopping
                && stopping.FlagOrNull(nameof(EarlyStopping.RestoreBest)) is true;
        }
        catch (InvalidDataException e)
        {
            throw new CheckpointDamagedException(checkpoint.Path, e);
        }
    }
}
