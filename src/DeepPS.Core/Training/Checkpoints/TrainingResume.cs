using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Brings a model back to where a checkpoint was written.</summary>
public static class TrainingResume
{
    /// <summary>Checks that a training is the one that the checkpoint is of, and gives the model its state.</summary>
    /// <exception cref="DlException"><c>ResumeModel</c>, <c>ResumeSettings</c>, <c>ResumeData</c>: it is another; <c>CheckpointVersion</c>.</exception>
    internal static void Apply(Checkpoint checkpoint, Model model, JsonObject settings, JsonObject data, Action<string>? warn)
    {
        checkpoint.RequireState();
        CheckLayers(checkpoint.Model, model);
        if (TrainingSettingsJson.Differences(checkpoint.Settings, settings, binding: true) is { Count: > 0 } binding)
            throw new DlException("ResumeSettings", DlErrorKind.InvalidArgument,
                $"Training cannot go on with other settings: {string.Join("; ", binding)}. "
                + "Give those of before, or begin anew in another folder.", model);
        if (TrainingSettingsJson.Differences(checkpoint.Settings, settings, binding: false) is { Count: > 0 } changed)
            warn?.Invoke($"Training goes on with changed settings: {string.Join("; ", changed)}.");
        if (DataFingerprint.Difference(checkpoint.Data, data) is { } difference)
            throw new DlException("ResumeData", DlErrorKind.InvalidData,
                $"The data is not that of the checkpoint: {difference}. Give the same data, split with the same seed, or begin anew in another folder.", model);
        using var saved = Unweighted(checkpoint);
        model.Become(saved);
        NetworkWeights.Load(model.Network!, checkpoint.State);
    }

    /// <summary>The model and the settings of the newest checkpoint in a folder.</summary>
    /// <exception cref="DlException"><c>NoCheckpoint</c>: there is none that is whole; <c>CheckpointVersion</c>, <c>ScriptSchedule</c>.</exception>
    public static (Model Model, TrainingOptions Options) From(string folder)
    {
        TorchRuntime.Ensure();
        using var checkpoint = new CheckpointFolder(folder).Newest(warn: null);
        checkpoint.RequireState();
        return (ModelOf(checkpoint), TrainingSettingsJson.Read(checkpoint.Settings));
    }

    /// <summary>The model of a checkpoint, with the weights that it had.</summary>
    internal static Model ModelOf(Checkpoint checkpoint)
    {
        var model = Unweighted(checkpoint);
        NetworkWeights.Load(model.Network!, checkpoint.State);
        return model;
    }

    private static Model Unweighted(Checkpoint checkpoint)
    {
        var model = ModelJson.Read(checkpoint.Model);
        foreach (var record in EpochHistory.Load(checkpoint.State.Part(CheckpointWriter.History)))
            model.Add(record);
        return model;
    }

    private static void CheckLayers(JsonObject saved, Model model)
    {
        var before = saved["layers"]!.AsArray();
        var now = model.Layers.Select(layer => ItemJson.Write(layer)).ToArray();
        for (var i = 0; i < Math.Max(before.Count, now.Length); i++)
        {
            var (was, has) = (i < before.Count ? before[i] : null, i < now.Length ? now[i] : null);
            if (!JsonNode.DeepEquals(was, has))
                throw new DlException("ResumeModel", DlErrorKind.InvalidArgument,
                    $"The model is not that of the checkpoint: layer {i + 1} was {was?.ToJsonString() ?? "not there"} and is {has?.ToJsonString() ?? "not there"}. "
                    + "Make the same model, or begin anew in another folder.", model);
        }
    }
}
