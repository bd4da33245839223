namespace DeepPS.Data;

/// <summary>What a column of text is read as.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; text that is none is an error.</summary>
    Number,

    /// <summary>Names of a few levels, even where they look like numbers.</summary>
    Category,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>Points in time.</summary>
    Time,

    /// <summary>Free text, read word by word or as its settings say.</summary>
    Text,

    /// <summary>Not read at all.</summary>
    Ignore,
}
