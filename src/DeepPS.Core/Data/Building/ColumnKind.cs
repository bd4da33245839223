namespace DeepPS.Data;

/// <summary>How a column of text is read.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; other text is an error.</summary>
    Number,

    /// <summary>Names of a few levels, even where they look like numbers.</summary>
    Category,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>Points in time.</summary>
    Time,

    /// <summary>Free text, split into words or as its settings say.</summary>
    Text,

    /// <summary>Trees: objects with children and numbers, or their JSON.</summary>
    Tree,

    /// <summary>Not read at all.</summary>
    Ignore,
}
