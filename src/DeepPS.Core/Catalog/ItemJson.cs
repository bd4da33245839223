using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>Catalog items as JSON: their name in the catalog and the settings that differ from their
/// defaults.</summary>
internal static class ItemJson
{
    /// <summary>An item as <c>{ "type": "Dense", "Units": 64, "Activation": { "type": "ReLU" } }</c>.</summary>
    public static JsonObject Write(CatalogItem item)
    {
        var json = new JsonObject { ["type"] = item.Entry.Name };
        foreach (var setting in item.Entry.Settings)
            if (setting.Get(item) is var value && (setting.Required || !setting.IsDefault(value)))
                json[setting.Name] = Value(value);
        item.WriteJson(json);
        return json;
    }

    /// <summary>An item of a kind from the JSON of <see cref="Write"/>.</summary>
    /// <exception cref="InvalidDataException">It is not the JSON of an item.</exception>
    /// <exception cref="DlException">Its type is unknown, or a setting is not valid.</exception>
    public static CatalogItem Read(CatalogKind kind, JsonNode node)
    {
        var json = node.AsFields();
        var entry = CatalogIndex.Find(kind, json.Text("type"));
        var item = entry.Create(entry.Settings
            .Where(setting => json.ContainsKey(setting.Name))
            .Select(setting => KeyValuePair.Create(setting.Name, Plain(json[setting.Name], setting))));
        return item.ReadJson(node);
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        CatalogItem item => Write(item),
        Enum name => name.ToString(),
        bool or int or long or double or float or string => JsonSerializer.SerializeToNode(value),
        Array list => new JsonArray(list.Cast<object>().Select(Value).ToArray()),
        _ => Value(SettingValue.Plain(value)),
    };

    private static object? Plain(JsonNode? node, SettingInfo setting) => node switch
    {
        null => null,
        JsonObject item => Read(setting.ItemKind ?? CatalogKind.Layer, item),
        JsonArray list => list.Select(element => Plain(element, setting)).ToArray(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when long.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture,
                out var whole) => whole,
            JsonValueKind.Number => node.AsNumber(),
            _ => node.AsText(),
        },
    };
}
