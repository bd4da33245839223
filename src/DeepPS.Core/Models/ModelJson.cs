using System.Text.Json;
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

    /// <summary>Makes the model of a file, with room for the values of its parameters.</summary>
    /// <param name="json">The model without its weights.</param>
    /// <param name="stored">The sizes of each tensor of the file, or null if it has none of that name.</param>
    /// <exception cref="InvalidDataException">The JSON is not a model, or the file lacks parameters of it.</exception>
    /// <exception cref="DlException">The settings of a layer or of the data are not valid.</exception>
    public static Model Read(JsonObject json, Func<string, IReadOnlyList<long>?> stored)
    {
        // Version 1 stored only the shape of one input.
        var inputs = json.Find("inputs") is { } all ? all.AsList().Select(ReadInput).ToArray()
            : NetworkInput.Numbered([ShapeJson.Read(json.Need("inputShape"))]);
        if (inputs.Count == 0)
            throw SafeJson.Wrong(json.Need("inputs"), "a list of one input or more");
        var layers = json.List("layers").Select(layer => (Layer)ItemJson.Read(CatalogKind.Layer, layer)).ToArray();
        var loss = json.Find("loss") is { } written ? (Loss)ItemJson.Read(CatalogKind.Loss, written) : null;
        var plan = json.Find("data") is { } data ? DataPlan.FromJson(data) : null;
        if (plan is not null && !Fits(plan, inputs))
            throw new InvalidDataException("its inputs are not those of its data plan");
        var history = json.ListOrEmpty(History).Select(ReadEpoch).ToArray();
        var model = new Model(layers, inputs, json.Text("name"), json.Whole("seed"), stored)
        {
            Loss = loss,
            Plan = plan,
        };
        foreach (var epoch in history)
            model.Add(epoch);
        model.Decision = json.Find("decision") is { } decision ? Decision.FromJson(decision) : null;
        if (plan?.Label is not { } label || loss is null
            || loss.Suits(label.Kind) && loss.Output(label, model.Network!.Output).Fits)
            return model;
        model.Dispose();
        throw new InvalidDataException("its label and its loss do not fit the output of its last layer");
    }

    private static bool Fits(DataPlan plan, IReadOnlyList<NetworkInput> inputs) =>
        plan.Inputs.Count == inputs.Count && inputs.Zip(plan.Inputs).All(pair => pair.First.Takes(pair.Second));

    private static JsonNode WriteInput(NetworkInput input)
    {
        var json = WriteShape(input);
        if (input.IsPadded)
            json["padded"] = true;
        if (input.IsTree)
            json["tree"] = true;
        return json;
    }

    private static JsonObject WriteShape(NetworkInput input) => new()
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

    private static NetworkInput ReadInput(JsonNode json)
    {
        var shape = ShapeJson.Read(json.Need("shape"));
        // Versions 1 and 2 had no coded columns.
        var coded = json.ListOrEmpty("coded").Select(column => new CodedColumn(column.Text("name"),
            column.Whole("codes", minimum: 1), column.Whole("features", minimum: 1))).ToArray();
        if (coded.Length > 0 && (shape.Rank != 1 || coded.Length > shape.Size))
            throw SafeJson.Wrong(json.Need("shape"), $"one size of {coded.Length} or more, that of the coded columns");
        var isPadded = json.FlagOrNull("padded") ?? false;
        if (isPadded && (coded.Length > 0 || shape.Rank == 0))
            throw SafeJson.Wrong(json.Need("padded"), "false, as its shape has no steps");
        var isTree = json.FlagOrNull("tree") ?? false;
        if (isTree && (!isPadded || shape.Rank != 2 || shape[1] <= NetworkInput.TreeNumbers))
            throw SafeJson.Wrong(json.Need("tree"), "false, as its shape has no nodes with numbers");
        return new NetworkInput(json.Text("name"), shape) { Coded = coded, IsPadded = isPadded, IsTree = isTree };
    }

    private static JsonNode WriteEpoch(EpochRecord record)
    {
        var json = new JsonObject();
        foreach (var value in EpochValue.All)
            json[KeyOf(value.Name)] = value.Of(record) is { } number ? Number(number) : null;
        json["metrics"] = new JsonObject(record.MetricValues.Select(m => KeyValuePair.Create(m.Key, Number(m.Value))));
        return json;
    }

    private static EpochRecord ReadEpoch(JsonNode json) => EpochValue.Record(
        name => name == nameof(EpochRecord.Epoch) ? json.Whole(KeyOf(name)) : json.NumberOrNull(KeyOf(name)),
        json.Fields("metrics").Select(m => KeyValuePair.Create(m.Key, m.Value?.AsNumber() ?? double.NaN)).ToArray());

    private static string KeyOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>NaN, such as R2 of one sample, becomes null, since JSON has no NaN.</summary>
    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
