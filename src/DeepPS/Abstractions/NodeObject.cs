using System.Collections;
using System.Management.Automation;
using DeepPS.Data;

namespace DeepPS.Abstractions;

/// <summary>An object of a script as a node of a tree: a custom object, an instance of a script's class, or a
/// dictionary.</summary>
internal sealed class NodeObject(PSObject node) : ITreeNode
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => node.BaseObject switch
    {
        // A hashtable has no order of its own.
        Hashtable table => table.Keys.Cast<object>().Select(key => $"{key}").Order(StringComparer.Ordinal),
        IDictionary entries => entries.Keys.Cast<object>().Select(key => $"{key}"),
        _ => node.Properties.Select(property => property.Name),
    };

    /// <inheritdoc/>
    public object Identity => node.BaseObject is PSCustomObject ? node : node.BaseObject;

    /// <summary>A value in which objects of scripts are nodes, also those in a list.</summary>
    public static object? In(object? value) => value switch
    {
        null or string or ValueType => value,
        PSObject { BaseObject: not PSCustomObject } wrapped => In(PipelineValue.Unwrap(wrapped)),
        PSObject or IDictionary => new NodeObject(PSObject.AsPSObject(value)),
        object?[] list when Array.Exists(list, item => item is PSObject or IDictionary) => Array.ConvertAll(list, In),
        _ when value.GetType().Assembly.IsDynamic => new NodeObject(PSObject.AsPSObject(value)),
        _ => value,
    };

    /// <inheritdoc/>
    public object? Find(string name)
    {
        if (node.BaseObject is not IDictionary entries)
            return node.Properties[name] is { } property ? PipelineValue.Read(property) : null;
        var key = entries.Contains(name) ? name : entries.Keys.Cast<object>()
            .FirstOrDefault(key => string.Equals($"{key}", name, StringComparison.OrdinalIgnoreCase));
        return key is null ? null : PipelineValue.Cell(entries[key]);
    }

    /// <summary>The object as text.</summary>
    public override string ToString() => node.ToString();
}
