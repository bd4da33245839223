using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace DeepPS.Abstractions;

/// <summary>Unwraps pipeline objects.</summary>
internal static class PipelineValue
{
    /// <summary>A value without its PSObject wrapper; in lists, each element.</summary>
    public static object? Unwrap(object? value) => value switch
    {
        // The result of a statement without output, such as an if without else.
        PSObject when value == AutomationNull.Value => null,
        PSObject { BaseObject: PSCustomObject } => value,
        PSObject wrapped => Unwrap(wrapped.BaseObject),
        object[] list => list.Select(Unwrap).ToArray(),
        ArrayList or IList<object> or IList<PSObject> => ((IEnumerable)value).Cast<object?>().Select(Unwrap).ToArray(),
        _ => value,
    };

    /// <summary>A value of a row without wrappers, in which objects of scripts are nodes of a tree.</summary>
    public static object? Cell(object? value) => NodeObject.In(Unwrap(value));

    /// <summary>
    /// An object's properties, or a dictionary's entries, by name. A property that cannot be read is null.
    /// </summary>
    /// <param name="input">The object.</param>
    /// <param name="wanted">Selects the names to take.</param>
    public static Dictionary<string, object?> Row(PSObject input, Func<string, bool> wanted)
    {
        var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (input.BaseObject is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
                if (entry.Key.ToString() is { } key && wanted(key))
                    row[key] = Cell(entry.Value);
            return row;
        }

        foreach (var property in input.Properties)
            if (wanted(property.Name))
                row[property.Name] = Read(property);
        return row;
    }

    /// <summary>The value of a property; null where it cannot be read.</summary>
    public static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.IsGettable ? Cell(property.Value) : null;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
