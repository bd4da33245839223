using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using DeepPS.Common;

namespace DeepPS.Catalog;

/// <summary>Finds everything that has a name: layers, activations, initializers, regularizers, losses, metrics,
/// optimizers, schedules, architectures, dataset generators, published datasets, augmentations. It is read once from
/// the types marked with <see cref="CatalogEntryAttribute"/>.</summary>
public static class CatalogIndex
{
    /// <summary>The base of each kind, most derived first: an activation is also a layer.</summary>
    private static readonly (Type Base, CatalogKind Kind)[] Kinds = typeof(CatalogIndex).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<CatalogBaseAttribute>(inherit: false)
            .Select(mark => (type, mark.Kind)))
        .OrderByDescending(pair => Depth(pair.type)).ToArray();

    private static readonly Lazy<FrozenDictionary<Type, CatalogEntry>> Entries = new(Read);
    private static readonly ConcurrentDictionary<Type, CatalogEntry> OfOthers = new();

    /// <summary>Every entry, or those of one kind, by kind and name.</summary>
    public static IReadOnlyList<CatalogEntry> Get(CatalogKind? kind = null) =>
        Entries.Value.Values.Where(entry => kind is null || entry.Kind == kind)
            .OrderBy(entry => entry.Kind).ThenBy(entry => entry.Name, StringComparer.Ordinal).ToArray();

    /// <summary>The entry with a name or alias, in any case. Layers include activations.</summary>
    /// <exception cref="DlException"><c>UnknownLayer</c>, <c>UnknownLoss</c>, ...: unknown name; the message offers the
    /// nearest names.</exception>
    public static CatalogEntry Find(CatalogKind kind, string name)
    {
        var candidates = Candidates(kind);
        return candidates.FirstOrDefault(entry => Matches(entry, name)) ?? throw Unknown(kind, name, candidates);
    }

    /// <summary>Whether there is an entry with a name or alias.</summary>
    public static bool TryFind(CatalogKind kind, string name, out CatalogEntry? entry) =>
        (entry = Candidates(kind).FirstOrDefault(e => Matches(e, name))) is not null;

    /// <summary>Creates an item by name.</summary>
    /// <param name="kind">The kind of item.</param>
    /// <param name="name">Its name or alias, in any case.</param>
    /// <param name="settings">Values by setting name; what is not named keeps its default.</param>
    public static CatalogItem Create(CatalogKind kind, string name,
        IEnumerable<KeyValuePair<string, object?>>? settings = null) =>
        Find(kind, name).Create(settings ?? []);

    /// <summary>Creates an item by name.</summary>
    /// <typeparam name="T">The base of the item's kind, such as <c>Layer</c>.</typeparam>
    public static T Create<T>(string name, IEnumerable<KeyValuePair<string, object?>>? settings = null)
        where T : CatalogItem =>
        (T)Create(KindOf(typeof(T)) ?? throw new ArgumentException($"{typeof(T)} is not a catalog kind"), name,
            settings);

    /// <summary>The entry of a type of item, including types of other assemblies, which have no name in the
    /// catalog.</summary>
    internal static CatalogEntry EntryOf(Type type) =>
        Entries.Value.TryGetValue(type, out var entry) ? entry : OfOthers.GetOrAdd(type, Describe);

    /// <summary>Whether a type of item is in the catalog.</summary>
    internal static bool Knows(Type type) => Entries.Value.ContainsKey(type);

    /// <summary>The kind of a type of item, or of the base of a kind such as <c>Layer</c>; null if it is no
    /// item.</summary>
    public static CatalogKind? KindOf(Type type)
    {
        foreach (var (baseType, kind) in Kinds)
            if (baseType.IsAssignableFrom(type))
                return kind;
        return null;
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private static CatalogEntry[] Candidates(CatalogKind kind)
    {
        var wanted = Kinds.First(pair => pair.Kind == kind).Base;
        return Entries.Value.Values.Where(entry => wanted.IsAssignableFrom(entry.Type)).ToArray();
    }

    private static bool Matches(CatalogEntry entry, string name) =>
        string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)
        || entry.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static DlException Unknown(CatalogKind kind, string name, CatalogEntry[] candidates)
    {
        var nearest = NearestName.Of(name, candidates.SelectMany(entry => entry.Aliases.Prepend(entry.Name)));
        var offer = nearest.Count > 0
            ? $"Did you mean {string.Join(" or ", nearest)}?"
            : $"There are: {string.Join(", ", candidates.Select(entry => entry.Name).Order(StringComparer.Ordinal))}.";
        return new DlException($"Unknown{kind}", DlErrorKind.NotFound,
            $"There is no {Words(kind)} '{name}'. {offer} Get-DlCatalog {kind} lists all.", name);
    }

    private static string Words(CatalogKind kind) =>
        string.Concat(kind.ToString()
            .Select((letter, i) => (i > 0 && char.IsUpper(letter) ? " " : "") + char.ToLowerInvariant(letter)));

    private static FrozenDictionary<Type, CatalogEntry> Read() => typeof(CatalogIndex).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(CatalogEntryAttribute), inherit: false))
        .ToFrozenDictionary(type => type, Describe);

    private static CatalogEntry Describe(Type type) => new(type, KindOf(type)!.Value,
        type.GetCustomAttribute<CatalogEntryAttribute>(inherit: false) ?? new CatalogEntryAttribute(type.Name));
}
