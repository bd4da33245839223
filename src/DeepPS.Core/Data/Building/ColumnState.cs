namespace DeepPS.Data;

/// <summary>What the values of a column are, as far as they came.</summary>
internal enum ColumnState
{
    /// <summary>All are missing.</summary>
    Empty,

    /// <summary>All are numbers.</summary>
    Numbers,

    /// <summary>All are points in time that leave no doubt about day and month.</summary>
    Times,

    /// <summary>They are texts.</summary>
    Names,

    /// <summary>They are of two kinds, so they are texts, which is known too late: they are read once more.</summary>
    Mixed,
}
