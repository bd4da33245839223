using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>How a training is done, as JSON: what a later part of it is compared with, and can be done by.</summary>
internal static class TrainingSettingsJson
{
    /// <summary>Settings without which the steps that are done mean nothing to those that follow.</summary>
    private static readonly HashSet<string> Binding =
    [
        nameof(TrainingOptions.BatchSize), nameof(TrainingOptions.Optimizer), nameof(TrainingOptions.Loss), nameof(TrainingOptions.Reconstruct),
        nameof(TrainingOptions.Metrics), nameof(TrainingOptions.AccumulateSteps), nameof(TrainingOptions.AverageDecay),
        nameof(TrainingOptions.Augmentations), nameof(TrainingOptions.Sampling), nameof(TrainingOptions.Seed), nameof(TrainingOptions.Shuffle), nameof(TrainingOptions.ClassWeights),
        nameof(TrainingOptions.Precision), nameof(TrainingOptions.Deterministic),
    ];

    public static JsonObject Write(TrainingOptions options) => new()
    {
        [nameof(options.Epochs)] = options.Epochs,
        [nameof(options.BatchSize)] = options.BatchSize,
        [nameof(options.Optimizer)] = ItemJson.Write(options.Optimizer),
        [nameof(options.Loss)] = options.Loss is { } loss ? ItemJson.Write(loss) : null,
        [nameof(options.Reconstruct)] = options.Reconstruct,
        [nameof(options.Metrics)] = options.Metrics is { } metrics ? new JsonArray(metrics.Select(JsonNode (metric) => ItemJson.Write(metric)).ToArray()) : null,
        [nameof(options.Schedule)] = Schedule(options.Schedule),
        [nameof(options.ClipNorm)] = options.ClipNorm,
        [nameof(options.ClipValue)] = options.ClipValue,
        [nameof(options.AccumulateSteps)] = options.AccumulateSteps,
        [nameof(options.AutoBatchSize)] = options.AutoBatchSize,
        [nameof(options.AverageDecay)] = options.AverageDecay,
        [nameof(options.Augmentations)] = new JsonArray(options.Augmentations.Select(JsonNode (augmentation) => ItemJson.Write(augmentation)).ToArray()),
        [nameof(options.Sampling)] = options.Sampling.ToString(),
        [nameof(options.Seed)] = options.Seed,
        [nameof(options.Shuffle)] = options.Shuffle,
        [nameof(options.ClassWeights)] = options.ClassWeights?.ToJson(),
        [nameof(options.EarlyStopping)] = options.EarlyStopping is not { } stop ? null : new JsonObject
        {
            [nameof(stop.Patience)] = stop.Patience,
            [nameof(stop.MinimumDelta)] = stop.MinimumDelta,
            [nameof(stop.RestoreBest)] = stop.RestoreBest,
            [nameof(stop.Monitor)] = stop.Monitor,
        },
        [nameof(options.OnDivergence)] = options.OnDivergence.ToString(),
        [nameof(options.Precision)] = options.Precision.ToString(),
        [nameof(options.Deterministic)] = options.Deterministic,
        [nameof(options.Device)] = options.Device,
        [nameof(options.Threads)] = options.Threads,
    };

    /// <summary>The settings that were written.</summary>
    /// <exception cref="DlException"><c>ScriptSchedule</c>: the schedule was a script block, which is not kept.</exception>
    public static TrainingOptions Read(JsonNode json) => new()
    {
        Epochs = (int)json[nameof(TrainingOptions.Epochs)]!,
        BatchSize = (int)json[nameof(TrainingOptions.BatchSize)]!,
        Optimizer = (Optimizer)ItemJson.Read(CatalogKind.Optimizer, json[nameof(TrainingOptions.Optimizer)]!),
        Loss = json[nameof(TrainingOptions.Loss)] is { } loss ? (Loss)ItemJson.Read(CatalogKind.Loss, loss) : null,
        Reconstruct = (bool)json[nameof(TrainingOptions.Reconstruct)]!,
        Metrics = json[nameof(TrainingOptions.Metrics)]?.AsArray().Select(metric => (Metric)ItemJson.Read(CatalogKind.Metric, metric!)).ToArray(),
        Schedule = json[nameof(TrainingOptions.Schedule)] switch
        {
            null => null,
            JsonObject item => (Schedule)ItemJson.Read(CatalogKind.Schedule, item),
            _ => throw new DlException("ScriptSchedule", DlErrorKind.InvalidOperation,
                "The training's schedule was a script block, which a checkpoint does not keep. Go on with the command that began it, and -Resume."),
        },
        ClipNorm = (double?)json[nameof(TrainingOptions.ClipNorm)],
        ClipValue = (double?)json[nameof(TrainingOptions.ClipValue)],
        AccumulateSteps = (int)json[nameof(TrainingOptions.AccumulateSteps)]!,
        AutoBatchSize = (bool)json[nameof(TrainingOptions.AutoBatchSize)]!,
        AverageDecay = (double?)json[nameof(TrainingOptions.AverageDecay)],
        Augmentations = json[nameof(TrainingOptions.Augmentations)]!.AsArray()
            .Select(augmentation => (Augmentation)ItemJson.Read(CatalogKind.Augmentation, augmentation!)).ToArray(),
        Sampling = Enum.Parse<Sampling>((string)json[nameof(TrainingOptions.Sampling)]!),
        Seed = (int)json[nameof(TrainingOptions.Seed)]!,
        Shuffle = (bool)json[nameof(TrainingOptions.Shuffle)]!,
        ClassWeights = json[nameof(TrainingOptions.ClassWeights)] is { } weights ? ClassWeights.Of(weights) : null,
        EarlyStopping = json[nameof(TrainingOptions.EarlyStopping)] is not { } stop ? null : new EarlyStopping(
            (int)stop[nameof(EarlyStopping.Patience)]!, (double)stop[nameof(EarlyStopping.MinimumDelta)]!,
            (bool)stop[nameof(EarlyStopping.RestoreBest)]!, (string?)stop[nameof(EarlyStopping.Monitor)]),
        OnDivergence = Enum.Parse<Divergence>((string)json[nameof(TrainingOptions.OnDivergence)]!),
        Precision = Enum.Parse<TrainingPrecision>((string)json[nameof(TrainingOptions.Precision)]!),
        Deterministic = (bool)json[nameof(TrainingOptions.Deterministic)]!,
        Device = (string?)json[nameof(TrainingOptions.Device)],
        Threads = (int?)json[nameof(TrainingOptions.Threads)],
    };

    /// <summary>What is another in a second set of settings: <c>Epochs 5 -> 10</c>.</summary>
    /// <param name="before">The settings of before.</param>
    /// <param name="now">The settings of now.</param>
    /// <param name="binding">Whether to look at those that must stay, or at the others.</param>
    public static IReadOnlyList<string> Differences(JsonObject before, JsonObject now, bool binding) => now
        .Where(setting => Binding.Contains(setting.Key) == binding && !JsonNode.DeepEquals(setting.Value, before[setting.Key]))
        .Select(setting => $"{setting.Key} {Text(before[setting.Key])} -> {Text(setting.Value)}").ToArray();

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "none";

    /// <summary>A schedule that is in the catalog; of another, that there is one.</summary>
    private static JsonNode? Schedule(Schedule? schedule) => schedule is null ? null
        : IsKept(schedule) ? ItemJson.Write(schedule) : "script block";

    /// <summary>Whether an item is in the catalog, with those within it.</summary>
    private static bool IsKept(CatalogItem item) => CatalogIndex.Knows(item.GetType())
        && item.Entry.Settings.Select(setting => setting.Get(item)).OfType<CatalogItem>().All(IsKept);
}
