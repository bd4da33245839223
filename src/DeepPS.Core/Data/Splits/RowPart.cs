namespace DeepPS.Data;

/// <summary>Where a row of a dataset goes when it is split.</summary>
internal enum RowPart : byte
{
    /// <summary>It is trained on.</summary>
    Train,

    /// <summary>Training is watched by it.</summary>
    Validation,

    /// <summary>Nothing is decided by it.</summary>
    Test,

    /// <summary>It is left out.</summary>
    None,
}
