namespace DeepPS.Data;

/// <summary>The kind of a column's values read so far.</summary>
internal enum ColumnState
{
    /// <summary>All are missing.</summary>
    Empty,

    /// <summary>All are numbers.</summary>
    Numbers,

    /// <summary>All are points in time with an unambiguous order of day and month.</summary>
    Times,

    /// <summary>All are texts.</summary>
    Names,

    /// <summary>They are of two kinds, so all are texts, and the file is read once more.</summary>
    Mixed,
}
