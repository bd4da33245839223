using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DeepPS.Common;

/// <summary>
/// Reads JSON of files that may be damaged. A value that is missing or of another type is an
/// <see cref="InvalidDataException"/> whose message names it and fits after a file's name and a colon.
/// </summary>
internal static class SafeJson
{
    /// <summary>The deepest nesting that is read and written. A layer inside a layer takes two levels.</summary>
    public const int MostDepth = 256;

    private const int LongestShown = 40;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MostDepth,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Deep = new(JsonSerializerOptions.Default) { MaxDepth = MostDepth };

    /// <summary>The text of a node, on one line.</summary>
    /// <exception cref="DlException"><c>NestedTooDeep</c>.</exception>
    public static string Write(this JsonNode json)
    {
        try
        {
            return json.ToJsonString(Deep);
        }
        catch (InvalidOperationException e)
        {
            throw new DlException("NestedTooDeep", DlErrorKind.InvalidArgument,
                $"The model cannot be written: its layers are nested more than {MostDepth} levels deep. Use fewer "
                + "layers inside layers.", null, e);
        }
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="InvalidDataException">
    /// It is not JSON, not an object, too deep, or has a name twice in one object.
    /// </exception>
    public static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            if (!Utf8.IsValid(json))
                throw new InvalidDataException("its JSON is not UTF-8");
            var parsed = JsonNode.Parse(json, null, Strict) as JsonObject
                ?? throw new InvalidDataException("its JSON is not an object");
            CheckValues(parsed);
            return parsed;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("a text in its JSON has half a character", e);
        }
        catch (JsonException e)
        {
            var place = e is { LineNumber: { } line, BytePositionInLine: { } at } ? $" (line {line + 1}, byte {at + 1})"
                : "";
            throw new InvalidDataException($"its JSON is damaged, nested more than {MostDepth} levels deep, or has a "
                + $"name twice in one object{place}", e);
        }
    }

    /// <summary>
    /// Reads all texts and numbers, which are decoded at their first use: those that cannot be are found now.
    /// </summary>
    private static void CheckValues(JsonNode node)
    {
        if (node is JsonValue value)
        {
            if (value.TryGetValue(out double number) && !double.IsFinite(number))
                throw Wrong(node, "a number that is not as large");
            value.TryGetValue(out string? _);
            return;
        }

        foreach (var inside in node is JsonObject fields ? fields.Select(pair => pair.Value) : node.AsArray())
            if (inside is not null)
                CheckValues(inside);
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="InvalidDataException">As for bytes.</exception>
    public static JsonObject Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>A value of an object; null if it is null or missing.</summary>
    /// <exception cref="InvalidDataException">The node is not an object.</exception>
    public static JsonNode? Find(this JsonNode json, string name) => json.AsFields()[name];

    /// <summary>A value of an object that is there.</summary>
    public static JsonNode Need(this JsonNode json, string name) => json.Find(name)
        ?? throw new InvalidDataException($"'{PathOf(json, name)}' is missing");

    /// <summary>The node as an object.</summary>
    public static JsonObject AsFields(this JsonNode json) => json as JsonObject ?? throw Wrong(json, "an object");

    /// <summary>The object of a name.</summary>
    public static JsonObject Fields(this JsonNode json, string name) => json.Need(name).AsFields();

    /// <summary>The list of a name, none of whose elements is null.</summary>
    public static IReadOnlyList<JsonNode> List(this JsonNode json, string name) => json.Need(name).AsList();

    /// <summary>The list of a name; empty if there is none.</summary>
    public static IReadOnlyList<JsonNode> ListOrEmpty(this JsonNode json, string name) =>
        json.Find(name)?.AsList() ?? [];

    /// <summary>The node as a list, none of whose elements is null.</summary>
    public static IReadOnlyList<JsonNode> AsList(this JsonNode json)
    {
        var list = json as JsonArray ?? throw Wrong(json, "a list");
        return list.Select((item, i) => item
            ?? throw new InvalidDataException($"'{PathOf(list, $"[{i}]")}' is missing")).ToArray();
    }

    /// <summary>The text of a name.</summary>
    public static string Text(this JsonNode json, string name) => json.Need(name).AsText();

    /// <summary>The text of a name; null if there is none.</summary>
    public static string? TextOrNull(this JsonNode json, string name) => json.Find(name)?.AsText();

    /// <summary>The value of an enumeration whose name is the text of a name.</summary>
    public static T Name<T>(this JsonNode json, string name) where T : struct, Enum =>
        Enum.TryParse(json.Text(name), out T value) && Enum.IsDefined(value) ? value
            : throw Wrong(json.Need(name), $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>The node as text.</summary>
    public static string AsText(this JsonNode json) =>
        json is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(json, "text");

    /// <summary>The whole number of a name.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The name.</param>
    /// <param name="minimum">The smallest valid number.</param>
    public static int Whole(this JsonNode json, string name, int minimum = int.MinValue) =>
        json.Need(name).AsWhole(minimum);

    /// <summary>The node as a whole number of 32 bits that is not below a minimum.</summary>
    public static int AsWhole(this JsonNode json, int minimum = int.MinValue) =>
        json is JsonValue value && value.TryGetValue(out int number) && number >= minimum ? number
            : throw Wrong(json, $"a whole number from {minimum} to {int.MaxValue}");

    /// <summary>The node as a whole number of 64 bits that is not below a minimum.</summary>
    public static long AsLong(this JsonNode json, long minimum = 0) =>
        json is JsonValue value && value.TryGetValue(out long number) && number >= minimum ? number
            : throw Wrong(json, $"a whole number of {minimum} or more");

    /// <summary>The number of a name; null if there is none.</summary>
    public static double? NumberOrNull(this JsonNode json, string name) => json.Find(name)?.AsNumber();

    /// <summary>The node as a finite number.</summary>
    public static double AsNumber(this JsonNode json) => json is JsonValue
        && json.GetValueKind() == JsonValueKind.Number
        && double.TryParse(json.ToJsonString(), CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : throw Wrong(json, "a number");

    /// <summary>The yes or no of a name; null if there is none.</summary>
    public static bool? FlagOrNull(this JsonNode json, string name) => json.Find(name)?.AsFlag();

    /// <summary>The node as yes or no.</summary>
    public static bool AsFlag(this JsonNode json) =>
        json is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(json, "true or false");

    /// <summary>The error for a value of another type than expected.</summary>
    public static InvalidDataException Wrong(JsonNode json, string expected)
    {
        var text = json.Write();
        text = text.Length <= LongestShown ? text : text[..LongestShown] + "...";
        return new InvalidDataException($"'{PathOf(json)}' must be {expected}; got {text}");
    }

    private static string PathOf(JsonNode json, string? inside = null)
    {
        var path = json.GetPath() + (inside is null || inside.StartsWith('[') ? "" : ".") + inside;
        return path.Length > 2 && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
    }
}
