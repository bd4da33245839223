using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Objectives;

namespace DeepPS.Models;

/// <summary>A model without its weights, as JSON.</summary>
internal static class ModelJson
{
    private const string History = "history";

    public static JsonObject Write(Model model)
    {
        var json = WriteWithoutHistory(model);
        json[History] = new JsonArray(model.History.Select(WriteEpoch).ToArray());
        return json;
    }

    /// <summary>The model without its history, so the size does not grow with training.</summary>
    public static JsonObject WriteWithoutHistory(Model model) => new()
    {
        ["version"] = ModelFile.Version,
        ["name"] = model.Name,
        ["seed"] = model.Seed,
        ["inputs"] = new JsonArray(model.Network!.Inputs.Select(WriteInput).ToArray()),
        ["layers"] = new JsonArray(model.Layers.Select(JsonNode (layer) => ItemJson.Write(layer)).ToArray()),
        ["loss"] = model.Loss is null ? null : ItemJson.Write(model.Loss),
        ["data"] = model.Plan?.ToJson(),
        ["decision"] = model.Decision?.ToJson(),
    };

    public static Model Read(JsonNode json)
    {
        // Version 1 stored only the shape of one input.
        var inputs = json["inputs"]?.AsArray().Select(input => ReadInput(input!)).ToArray()
            ?? NetworkInput.Numbered([ShapeJson.Read(json["inputShape"]!)]);
        var layers = json["layers"]!.AsArray().Select(layer => (Layer)ItemJson.Read(CatalogKind.Layer, layer!));
        var model = new Model(layers, inputs,
            json["name"]!.GetValue<string>(), json["seed"]!.GetValue<int>())
        {
            Loss = json["loss"] is { } loss ? (Loss)ItemJson.Read(CatalogKind.Loss, loss) : null,
            Plan = json["data"] is { } plan ? DataPlan.FromJson(plan) : null,
        };
        foreach (var epoch in json[History]?.AsArray() ?? [])
            model.Add(ReadEpoch(epoch!));
        model.Decision = json["decision"] is { } decision ? Decision.FromJson(decision) : null;
        return model;
    }

    private static JsonNode WriteInput(NetworkInput input) => new JsonObject
    {
        ["name"] = input.Name,
        ["shape"] = ShapeJson.Write(input.Shape),
        ["coded"] = new JsonArray(input.Coded.Select(JsonNode (column) => new JsonObject
        {
            ["name"] = column.Name,
            ["codes"] = column.Codes,
            ["features"] = column.Features,
        }).ToArray()),
    };

    private static NetworkInput ReadInput(JsonNode json) => new(json["name"]!.GetValue<string>(),
        ShapeJson.Read(json["shape"]!))
    {
        // Versions 1 and 2 had no coded columns.
        Coded = json["coded"]?.AsArray().Select(column => new CodedColumn(column!["name"]!.GetValue<string>(),
            column["codes"]!.GetValue<int>(), column["features"]!.GetValue<int>())).ToArray() ?? [],
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

    /// <summary>NaN, such as R2 of one sample, becomes null, since JSON has no NaN.</summary>
    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
