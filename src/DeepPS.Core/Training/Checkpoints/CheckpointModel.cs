using DeepPS.Common;
using DeepPS.Models;

namespace DeepPS.Training;

/// <summary>The model of a training that has not come to its end, as a checkpoint has it.</summary>
internal static class CheckpointModel
{
    /// <summary>Whether a path is that of a checkpoint, or of a folder, which may hold some: a run's directory.</summary>
    public static bool IsAt(string path) => Directory.Exists(path) || CheckpointFolder.Names(path);

    /// <summary>Reads the model of a checkpoint, or of the newest one in a folder that is whole.</summary>
    /// <param name="path">The checkpoint, or the folder.</param>
    /// <param name="warn">Told of checkpoints that are not whole.</param>
    /// <exception cref="DlException"><c>NoCheckpoint</c>: the folder has none that is whole; <c>CheckpointDamaged</c>: the file is not;
    /// <c>CheckpointVersion</c>.</exception>
    public static Model Load(string path, Action<string>? warn)
    {
        using var checkpoint = Directory.Exists(path) ? new CheckpointFolder(path).Newest(warn) : Checkpoint.Read(path);
        var model = TrainingResume.ModelOf(checkpoint);
        // Within an epoch the network learns on with its own weights; a training that ends there has their average.
        WeightAverage.Give(checkpoint.State.Part("average"), model.Network!);
        return model;
    }
}
