namespace DeepPS.Data;

/// <summary>An object with named properties, which may be a node of a tree.</summary>
public interface ITreeNode
{
    /// <summary>The names of its properties.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The object itself, by which a cycle is recognised.</summary>
    object Identity { get; }

    /// <summary>The value of a property, by a name in any case; null where it has none.</summary>
    object? Find(string name);
}
