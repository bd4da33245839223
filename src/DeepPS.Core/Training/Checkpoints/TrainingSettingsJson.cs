using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>
/// Training options as JSON, by reflection over their properties. A resumed training is compared with them, or takes
/// its options from them.
/// </summary>
internal static class TrainingSettingsJson
{
    private const string ScriptBlock = "script block";

    /// <summary>All options by name.</summary>
    public static JsonObject Write(TrainingOptions options) => WriteRecord(options);

    /// <summary>Reads the options; a missing one has its default.</summary>
    /// <exception cref="InvalidDataException">One has another type.</exception>
    /// <exception cref="DlException">
    /// <c>ScriptSchedule</c>: the schedule was a script block, which is not saved.
    /// </exception>
    public static TrainingOptions Read(JsonNode json)
    {
        var options = (TrainingOptions)ReadRecord(typeof(TrainingOptions), json);
        return options is { BatchSize: >= 1, AccumulateSteps: >= 1, Way: >= 1 } and not ({ AverageDecay: < 0 or > 1 }
            or { LayerDecay: <= 0 or > 1 } or { ClipNorm: <= 0 } or { ClipValue: <= 0 } or { Threads: < 1 })
            ? options : throw new InvalidDataException("a setting of the training is out of its range");
    }

    /// <summary>The options that differ, as <c>Epochs 5 -> 10</c>.</summary>
    /// <param name="before">The earlier options; a missing one had its default.</param>
    /// <param name="now">The current options.</param>
    /// <param name="binding">Whether to compare the options that must stay the same, or the others.</param>
    public static IReadOnlyList<string> Differences(JsonObject before, JsonObject now, bool binding)
    {
        var defaults = Write(new TrainingOptions());
        return Properties(typeof(TrainingOptions))
            .Where(property => property.IsDefined(typeof(FixedOnResumeAttribute)) == binding)
            .Select(property => property.Name)
            .Select(name => (Name: name, Was: (before.ContainsKey(name) ? before : defaults)[name], Is: now[name]))
            .Where(option => !JsonNode.DeepEquals(option.Was, option.Is))
            .Select(option => $"{option.Name} {Text(option.Was)} -> {Text(option.Is)}").ToArray();
    }

    private static string Text(JsonNode? value) => value?.Write() ?? "none";

    private static PropertyInfo[] Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static JsonObject WriteRecord(object record) => new(Properties(record.GetType())
        .Select(property => KeyValuePair.Create(property.Name, WriteValue(property.GetValue(record)))));

    private static JsonNode? WriteValue(object? value) => value switch
    {
        null => null,
        CatalogItem item => IsKept(item) ? ItemJson.Write(item) : ScriptBlock,
        ClassWeights weights => weights.ToJson(),
        Enum name => name.ToString(),
        bool or int or long or double or string => JsonSerializer.SerializeToNode(value),
        IEnumerable list => new JsonArray(list.Cast<object>().Select(WriteValue).ToArray()),
        _ => WriteRecord(value),
    };

    private static object ReadRecord(Type type, JsonNode json)
    {
        var constructor = type.GetConstructors().MinBy(one => one.GetParameters().Length)!;
        var record = constructor.Invoke(constructor.GetParameters()
            .Select(parameter => ReadValue(parameter.ParameterType, parameter.Name!, json.Find(parameter.Name!)))
            .ToArray());
        foreach (var property in Properties(type).Where(property => json.AsFields().ContainsKey(property.Name)))
            property.SetValue(record, ReadValue(property.PropertyType, property.Name, json[property.Name]));
        return record;
    }

    private static object? ReadValue(Type type, string name, JsonNode? json)
    {
        if (json is null)
            return null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(ClassWeights))
            return ClassWeights.Of(json);
        if (type.IsEnum)
            return Enum.TryParse(type, json.AsText(), out var value) && Enum.IsDefined(type, value!) ? value
                : throw SafeJson.Wrong(json, $"one of {string.Join(", ", Enum.GetNames(type))}");
        if (CatalogIndex.KindOf(type) is { } kind)
            return json is JsonObject ? ItemJson.Read(kind, json) : throw NotKept(name);
        if (type.GetGenericArguments() is [var element])
            return ReadList(element, name, json.AsList());
        return type.IsPrimitive || type == typeof(string) ? ReadPlain(type, json) : ReadRecord(type, json);
    }

    private static object ReadPlain(Type type, JsonNode json) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.String => json.AsText(),
            TypeCode.Boolean => json.AsFlag(),
            TypeCode.Int32 => json.AsWhole(),
            TypeCode.Int64 => json.AsLong(long.MinValue),
            // As object, or the compiler makes all numbers double.
            _ => (object)json.AsNumber(),
        };

    private static Array ReadList(Type element, string name, IReadOnlyList<JsonNode> list)
    {
        var values = Array.CreateInstance(element, list.Count);
        for (var i = 0; i < list.Count; i++)
            values.SetValue(ReadValue(element, name, list[i]), i);
        return values;
    }

    private static DlException NotKept(string option) => new($"Script{option}", DlErrorKind.InvalidOperation,
        $"The training's {option.ToLowerInvariant()} was a script block, which a checkpoint does not save. "
        + "Run the command that started the training again, with -Resume.");

    /// <summary>Whether an item and all items within it are in the catalog.</summary>
    private static bool IsKept(CatalogItem item) => CatalogIndex.Knows(item.GetType())
        && item.Entry.Settings.Select(setting => setting.Get(item)).OfType<CatalogItem>().All(IsKept);
}

/// <summary>
/// Marks an option that must stay the same when a training is resumed: a change would make the steps so far useless.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FixedOnResumeAttribute : Attribute;
