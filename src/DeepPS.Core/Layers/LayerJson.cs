using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Objectives;

namespace DeepPS.Layers;

/// <summary>The common properties of layers as JSON: name, inputs, sharing, training settings.</summary>
internal static class LayerJson
{
    /// <summary>Adds the properties that differ from their defaults.</summary>
    public static void Add(JsonObject json, Layer layer)
    {
        Put("name", layer.Name);
        Put("from", layer.From.Count > 0 ? new JsonArray(layer.From.Select(name => (JsonNode)name).ToArray()) : null);
        Put("shareWith", layer.ShareWith);
        Put("frozen", layer.Frozen ? true : null);
        Put("pruned", layer.Pruned ? true : null);
        Put("learningRate", layer.LearningRate);
        Put("weightDecay", layer.WeightDecay);
        Put("outputWeight", layer.OutputWeight);
        Put("outputLoss", layer.OutputLoss is { } loss ? ItemJson.Write(loss) : null);

        void Put(string key, JsonNode? value)
        {
            if (value is not null)
                json[key] = value;
        }
    }

    /// <summary>The layer with the added properties.</summary>
    public static Layer Take(JsonNode json, Layer layer) => layer with
    {
        Name = json.TextOrNull("name"),
        From = json.ListOrEmpty("from").Select(name => name.AsText()).ToArray(),
        ShareWith = json.TextOrNull("shareWith"),
        Frozen = json.FlagOrNull("frozen") ?? false,
        Pruned = json.FlagOrNull("pruned") ?? false,
        LearningRate = json.NumberOrNull("learningRate"),
        WeightDecay = json.NumberOrNull("weightDecay"),
        OutputWeight = json.NumberOrNull("outputWeight"),
        OutputLoss = json.Find("outputLoss") is { } loss ? (Loss)ItemJson.Read(CatalogKind.Loss, loss) : null,
    };
}
