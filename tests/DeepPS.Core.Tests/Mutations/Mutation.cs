using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DeepPS.Tests;

/// <summary>Seeded damage to bytes and to JSON.</summary>
internal static class Mutation
{
    private const int Usual = 300;

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "-1", "3.5", "-0.25", "1e308", "1e999", "-1e999", "2147483648",
        "9223372036854775807", "-9223372036854775808", "99999999999999999999999999", "\"\"", "\"zzz\"", "\"0\"",
        "\"NaN\"", "\"9999-12-31T23:59:59.9999999+14:00\"", "\"x\\u0000y\"", "[]", "[[]]", "[null]", "[-1]", "[0]",
        "[9223372036854775807,9223372036854775807]", "{}", "{\"type\":\"Dense\"}", "{\"type\":\"ReLU\",\"zzz\":1}",
        "{\"type\":\"\"}", "{\"\":1}",
    ];

    /// <summary>The number of mutations of each kind: DEEPPS_MUTATIONS, else a few hundred.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("DEEPPS_MUTATIONS"), CultureInfo.InvariantCulture,
            out var count) ? count : Usual;

    /// <summary>Flips, replaces, inserts, removes and repeats bytes, or cuts the end off.</summary>
    public static byte[] Bytes(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            // Half of the changes are near the beginning, where the structure is.
            var at = random.Next(random.Next(2) == 0 ? bytes.Count : Math.Min(bytes.Count, 1500));
            switch (random.Next(7))
            {
                case 0 or 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Changes values of a JSON text: other types, huge numbers, nothing, deep nesting, names twice.</summary>
    public static string Json(string text, Random random)
    {
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var root = JsonNode.Parse(text)!;
            var nodes = All(root).ToArray();
            if (nodes.Length == 0)
                return text;
            var (parent, key) = nodes[random.Next(nodes.Length)];
            const string mark = "\"the mark\"";
            switch (random.Next(8))
            {
                case 0 when parent is JsonObject fields:
                    fields.Remove((string)key);
                    text = root.ToJsonString();
                    break;
                case 1 when parent is JsonObject fields:
                    // The same name twice.
                    var (name, value) = ((string)key, fields[(string)key]?.ToJsonString() ?? "null");
                    Put(parent, key, JsonNode.Parse(mark));
                    return root.ToJsonString().Replace(mark,
                        $"{value},{JsonValue.Create(name).ToJsonString()}:{Values[random.Next(Values.Length)]}");
                case 2:
                    var depth = random.Next(4) == 0 ? 100_000 : random.Next(1, 300);
                    var opening = random.Next(2) == 0 ? "[" : "{\"a\":";
                    Put(parent, key, JsonNode.Parse(mark));
                    return root.ToJsonString().Replace(mark, new StringBuilder().Insert(0, opening, depth).Append('1')
                        .Append(opening == "[" ? ']' : '}', depth).ToString());
                case 3:
                    // A value from elsewhere in the text.
                    var (other, place) = nodes[random.Next(nodes.Length)];
                    var copy = (other is JsonArray from ? from[(int)place] : other[(string)place])?.DeepClone();
                    Put(parent, key, copy);
                    text = root.ToJsonString();
                    break;
                case 4 when parent is JsonArray shorter:
                    shorter.RemoveAt((int)key);
                    text = root.ToJsonString();
                    break;
                case 5 when parent is JsonArray longer:
                    longer.Add(longer[(int)key]?.DeepClone());
                    text = root.ToJsonString();
                    break;
                default:
                    Put(parent, key, JsonNode.Parse(mark));
                    text = root.ToJsonString().Replace(mark, Values[random.Next(Values.Length)]);
                    break;
            }
        }

        return text;
    }

    private static void Put(JsonNode parent, object key, JsonNode? value)
    {
        if (parent is JsonArray list)
            list[(int)key] = value;
        else
            parent[(string)key] = value;
    }

    /// <summary>Every place of a value: its parent, and its name or index there.</summary>
    private static IEnumerable<(JsonNode Parent, object Key)> All(JsonNode node)
    {
        var places = node switch
        {
            JsonObject fields => fields.Select(pair => ((object)pair.Key, pair.Value)).ToArray(),
            JsonArray list => list.Select((value, i) => ((object)i, value)).ToArray(),
            _ => [],
        };
        foreach (var (key, value) in places)
        {
            yield return (node, key);
            if (value is not null)
                foreach (var inside in All(value))
                    yield return inside;
        }
    }
}
