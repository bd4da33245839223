using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>Restores a model and its training from a checkpoint.</summary>
public static class TrainingResume
{
    /// <summary>Checks that the checkpoint belongs to the training, and gives the model its state.</summary>
    /// <exception cref="DlException">
    /// <c>ResumeModel</c>, <c>ResumeSettings</c>, <c>ResumeData</c>: it belongs to another; <c>CheckpointVersion</c>.
    /// </exception>
    internal static void Apply(Checkpoint checkpoint, Model model, JsonObject settings, JsonObject data,
        Action<string>? warn)
    {
        checkpoint.RequireState();
        CheckLayers(checkpoint, model);
        if (TrainingSettingsJson.Differences(checkpoint.Settings, settings, binding: true) is { Count: > 0 } binding)
            throw new DlException("ResumeSettings", DlErrorKind.InvalidArgument,
                $"Training cannot continue with different settings: {string.Join("; ", binding)}. "
                + "Use the earlier settings, or start a new training in another folder.", model);
        if (TrainingSettingsJson.Differences(checkpoint.Settings, settings, binding: false) is { Count: > 0 } changed)
            warn?.Invoke($"Training continues with changed settings: {string.Join("; ", changed)}.");
        if (DataFingerprint.Difference(checkpoint.Data, data) is { } difference)
            throw new DlException("ResumeData", DlErrorKind.InvalidData,
                $"The data differs from the checkpoint's: {difference}. Use the same data, split with the same seed, "
                + "or start a new training in another folder.", model);
        using var saved = Unweighted(checkpoint);
        model.Become(saved);
        NetworkWeights.Load(model.Network!, checkpoint.State);
    }

    /// <summary>The model and the settings of the newest checkpoint in a folder.</summary>
    /// <exception cref="DlException">
    /// <c>NoCheckpoint</c>: there is no complete one; <c>CheckpointVersion</c>, <c>ScriptSchedule</c>.
    /// </exception>
    public static (Model Model, TrainingOptions Options) From(string folder)
    {
        TorchRuntime.Ensure();
        using var checkpoint = new CheckpointFolder(folder).Newest(warn: null);
        checkpoint.RequireState();
        var options = Valid(checkpoint, () => TrainingSettingsJson.Read(checkpoint.Settings));
        if (options.Distillation is not null)
            throw new DlException("ResumeDistillation", DlErrorKind.InvalidOperation,
                $"'{folder}' has the checkpoints of a training with a teacher. Run Invoke-DlTraining again, with "
                + "-Teacher and -Resume.", folder);
        if (options.Gan is not null)
            throw new DlException("ResumeGan", DlErrorKind.InvalidOperation,
                $"'{folder}' has the checkpoints of a GAN training, which needs its critic. Run "
                + "Invoke-DlGanTraining again, with -Resume.", folder);
        return (ModelOf(checkpoint), options);
    }

    /// <summary>The model of a checkpoint with its weights.</summary>
    internal static Model ModelOf(Checkpoint checkpoint)
    {
        var model = Unweighted(checkpoint);
        NetworkWeights.Load(model.Network!, checkpoint.State);
        return model;
    }

    private static Model Unweighted(Checkpoint checkpoint)
    {
        var history = EpochHistory.Load(checkpoint.State.Part(CheckpointWriter.History)).ToArray();
        var model = Valid(checkpoint,
            () => ModelJson.Read(checkpoint.Model, NetworkWeights.SizesIn(checkpoint.State)));
        foreach (var record in history)
            model.Add(record);
        return model;
    }

    /// <summary>Reads a part of a checkpoint. What is wrong with it is an error of the file.</summary>
    private static T Valid<T>(Checkpoint checkpoint, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or DlException
        {
            Kind: DlErrorKind.InvalidArgument or DlErrorKind.InvalidData or DlErrorKind.NotFound
        })
        {
            throw new CheckpointDamagedException(checkpoint.Path, e);
        }
    }

    private static void CheckLayers(Checkpoint checkpoint, Model model)
    {
        var before = Valid(checkpoint, () => checkpoint.Model.List("layers"));
        var inputs = checkpoint.Model.Find("data") is { } plan
            ? Valid(checkpoint, () => DataPlan.FromJson(plan).Inputs) : null;
        if (inputs is not null && model is { Plan: null, LayersFor: not null })
            model.Bind(inputs);
        // A model that knows no data yet has no sizes that come from it.
        var layers = model.Network is null && inputs is not null ? BoundLayers.Of(model.Layers, inputs) : model.Layers;
        var now = layers.Select(layer => ItemJson.Write(layer)).ToArray();
        for (var i = 0; i < Math.Max(before.Count, now.Length); i++)
        {
            var (was, has) = (i < before.Count ? before[i] : null, i < now.Length ? now[i] : null);
            if (!JsonNode.DeepEquals(was, has))
                throw new DlException("ResumeModel", DlErrorKind.InvalidArgument,
                    $"The model differs from the checkpoint's: layer {i + 1} was {was?.Write() ?? "missing"} "
                    + $"and is {has?.Write() ?? "missing"}. Use the same model, or start a new training in "
                    + "another folder.", model);
        }
    }
}
