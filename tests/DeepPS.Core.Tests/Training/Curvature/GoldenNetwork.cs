using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;

namespace DeepPS.Tests;

/// <summary>The network of a golden case: layers as pairs of a type and settings, and the first parameters.</summary>
internal static class GoldenNetwork
{
    public static Network Load(JsonNode golden, JsonNode parameters)
    {
        var layers = golden["layers"]!.AsArray().Select(layer =>
        {
            var settings = layer![1]!.DeepClone().AsObject();
            settings["type"] = (string)layer[0]!;
            if (settings["Activation"] is { } activation)
                settings["Activation"] = new JsonObject { ["type"] = (string)activation! };
            return (Layer)ItemJson.Read(CatalogKind.Layer, settings);
        }).ToArray();
        var network = new Network(layers, new Shape(Golden.Sizes(golden["inputs"]!)[1..]), 0);
        foreach (var (parameter, value) in network.Parameters.Zip(parameters.AsArray()))
            parameter.Load(Golden.Tensor(value!));
        return network;
    }
}
