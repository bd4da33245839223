using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace DeepPS.Data;

/// <summary>Reads objects as nodes of trees: dictionaries, JSON, and objects by their properties.</summary>
internal static class TreeNodes
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>An object as a node; null where it is a single value or a list.</summary>
    public static ITreeNode? Of(object? value) => value switch
    {
        null or string or DBNull or IList => null,
        ITreeNode node => node,
        IDictionary entries => new Entries(entries),
        JsonElement { ValueKind: JsonValueKind.Object } json => new Json(json),
        JsonElement => null,
        _ when value.GetType() is { IsValueType: false } => new Instance(value),
        _ => null,
    };

    /// <summary>The value of a property as a list of nodes; null where it is none, or something else.</summary>
    public static IEnumerable? List(object? value) => value switch
    {
        null or string or DBNull or IDictionary => null,
        JsonElement { ValueKind: JsonValueKind.Array } json => json.EnumerateArray(),
        JsonElement => null,
        IEnumerable list => list,
        _ => null,
    };

    private static bool Same(string name, string other) =>
        string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private sealed class Entries(IDictionary entries) : ITreeNode
    {
        // A hashtable has no order of its own.
        public IEnumerable<string> Names => entries is Hashtable ? All.Order(StringComparer.Ordinal) : All;

        public object Identity => entries;

        private IEnumerable<string> All => entries.Keys.Cast<object>().Select(key => $"{key}");

        public object? Find(string name) => entries.Contains(name) ? entries[name]
            : entries.Keys.Cast<object>().FirstOrDefault(key => Same($"{key}", name)) is { } key ? entries[key] : null;
    }

    private sealed class Json(JsonElement json) : ITreeNode
    {
        public IEnumerable<string> Names => json.EnumerateObject().Select(property => property.Name);

        public object Identity => this;

        public object? Find(string name)
        {
            foreach (var property in json.EnumerateObject())
                if (Same(property.Name, name))
                    return property.Value.ValueKind switch
                    {
                        JsonValueKind.Number => property.Value.GetDouble(),
                        JsonValueKind.String => property.Value.GetString(),
                        JsonValueKind.True or JsonValueKind.False => property.Value.GetBoolean(),
                        JsonValueKind.Null => null,
                        _ => property.Value,
                    };
            return null;
        }
    }

    private sealed class Instance(object value) : ITreeNode
    {
        private readonly PropertyInfo[] properties = Properties.GetOrAdd(value.GetType(), type => type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0).ToArray());

        public IEnumerable<string> Names => properties.Select(property => property.Name);

        public object Identity => value;

        public object? Find(string name)
        {
            try
            {
                return Array.Find(properties, property => Same(property.Name, name))?.GetValue(value);
            }
            catch (TargetInvocationException)
            {
                // A property that cannot be read has no value.
                return null;
            }
        }
    }
}
