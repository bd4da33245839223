using System.Text.Json.Nodes;

namespace DeepPS;

/// <summary>All of a model but its weights, as JSON.</summary>
internal static class ModelJson
{
    public static JsonObject Write(Model model) => new()
    {
        ["version"] = ModelFile.Version,
        ["name"] = model.Name,
        ["seed"] = model.Seed,
        ["inputShape"] = new JsonArray(model.InputShape!.Select(size => (JsonNode)size).ToArray()),
        ["layers"] = new JsonArray(model.Layers.Select(WriteLayer).ToArray()),
        ["loss"] = model.Loss is null ? null : ItemJson.Write(model.Loss),
        ["data"] = model.Plan?.ToJson(),
        ["history"] = new JsonArray(model.History.Select(WriteEpoch).ToArray()),
    };

    public static Model Read(JsonNode json)
    {
        var shape = new Shape(json["inputShape"]!.AsArray().Select(size => size!.GetValue<long>()));
        var model = new Model(json["layers"]!.AsArray().Select(layer => ReadLayer(layer!)), shape,
            json["name"]!.GetValue<string>(), json["seed"]!.GetValue<int>())
        {
            Loss = json["loss"] is { } loss ? (Loss)ItemJson.Read(CatalogKind.Loss, loss) : null,
            Plan = json["data"] is { } plan ? DataPlan.FromJson(plan) : null,
        };
        foreach (var epoch in json["history"]!.AsArray())
            model.Add(ReadEpoch(epoch!));
        return model;
    }

    private static JsonNode WriteLayer(Layer layer)
    {
        var json = ItemJson.Write(layer);
        if (layer.Name is not null)
            json["name"] = layer.Name;
        if (layer.From.Count > 0)
            json["from"] = new JsonArray(layer.From.Select(name => (JsonNode)name).ToArray());
        return json;
    }

    private static Layer ReadLayer(JsonNode json) => (Layer)ItemJson.Read(CatalogKind.Layer, json) with
    {
        Name = json["name"]?.GetValue<string>(),
        From = json["from"]?.AsArray().Select(name => name!.GetValue<string>()).ToArray() ?? [],
    };

    private static JsonNode WriteEpoch(EpochRecord record) => new JsonObject
    {
        ["epoch"] = record.Epoch,
        ["loss"] = record.Loss,
        ["validationLoss"] = record.ValidationLoss,
        ["learningRate"] = record.LearningRate,
        ["seconds"] = record.Seconds,
        ["samplesPerSecond"] = record.SamplesPerSecond,
        ["metrics"] = new JsonObject(record.MetricValues.Select(m => KeyValuePair.Create(m.Key, Number(m.Value)))),
    };

    private static EpochRecord ReadEpoch(JsonNode json) => new()
    {
        Epoch = json["epoch"]!.GetValue<int>(),
        Loss = json["loss"]!.GetValue<double>(),
        ValidationLoss = json["validationLoss"]?.GetValue<double>(),
        LearningRate = json["learningRate"]!.GetValue<double>(),
        Seconds = json["seconds"]!.GetValue<double>(),
        SamplesPerSecond = json["samplesPerSecond"]!.GetValue<double>(),
        MetricValues = json["metrics"]!.AsObject()
            .Select(m => KeyValuePair.Create(m.Key, m.Value?.GetValue<double>() ?? double.NaN)).ToArray(),
    };

    /// <summary>JSON has no NaN, which a metric may be (R2 of one sample): it becomes null.</summary>
    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
