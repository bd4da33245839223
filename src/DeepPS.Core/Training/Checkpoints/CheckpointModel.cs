using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Reads the model of an unfinished training from its checkpoints.</summary>
public static class CheckpointModel
{
    /// <summary>Reads a model from a model file, a checkpoint, or the newest complete checkpoint of a folder.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="warn">Called for each damaged checkpoint.</param>
    /// <exception cref="DlException">
    /// <c>FileNotFound</c>; those of <see cref="ModelFile.Load"/>; for checkpoints <c>NoCheckpoint</c>,
    /// <c>CheckpointDamaged</c>, <c>CheckpointVersion</c>.
    /// </exception>
    public static Model LoadAny(string path, Action<string>? warn = null)
    {
        if (!Directory.Exists(path) && (!CheckpointFolder.Names(path) || !File.Exists(path)))
            return ModelFile.Load(path);
        TorchRuntime.Ensure();
        return Load(path, warn);
    }

    /// <summary>Reads the model of a checkpoint, or of the newest complete one in a folder.</summary>
    /// <param name="path">The checkpoint, or the folder.</param>
    /// <param name="warn">Called for each damaged checkpoint.</param>
    /// <exception cref="DlException">
    /// <c>NoCheckpoint</c>: the folder has no complete one; <c>CheckpointDamaged</c>, <c>CheckpointVersion</c>.
    /// </exception>
    internal static Model Load(string path, Action<string>? warn)
    {
        using var checkpoint = Directory.Exists(path) ? new CheckpointFolder(path).Newest(warn) : Checkpoint.Read(path);
        var model = TrainingResume.ModelOf(checkpoint);
        // Within an epoch the checkpoint has the network's own weights; the model of a training that ends there has
        // their average.
        WeightAverage.Give(checkpoint.State.Part("average"), model.Network!);
        return model;
    }
}
