namespace DeepPS.Data;

/// <summary>The properties of a node that hold its children and its numbers.</summary>
/// <param name="Children">The property with the list of children.</param>
/// <param name="Values">The properties with numbers, in their order.</param>
internal sealed record TreeNames(string Children, IReadOnlyList<string> Values)
{
    /// <summary>The property with the children, unless the user names another.</summary>
    public const string DefaultChildren = "Children";

    /// <summary>The names that the user wishes, else those of a first node: its properties that hold numbers.</summary>
    public static TreeNames Of(ColumnSettings settings, ITreeNode first)
    {
        var children = settings.Children ?? DefaultChildren;
        return new TreeNames(children, settings.Values is { Length: > 0 } values ? values : first.Names
            .Where(name => !string.Equals(name, children, StringComparison.OrdinalIgnoreCase)
                && first.Find(name) is { } value && RawValue.IsNumber(value, out _)).ToArray());
    }
}
