namespace DeepPS;

/// <summary>What a column of text is read as.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; text that is none is an error.</summary>
    Number,

    /// <summary>Names of a few levels, even where they look like numbers.</summary>
    Category,

    /// <summary>Not read at all.</summary>
    Ignore,
}
