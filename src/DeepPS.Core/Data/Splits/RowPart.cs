namespace DeepPS.Data;

/// <summary>The part of a split that a row belongs to.</summary>
internal enum RowPart : byte
{
    /// <summary>Training.</summary>
    Train,

    /// <summary>Validation, which monitors training.</summary>
    Validation,

    /// <summary>Test, which influences no decision.</summary>
    Test,

    /// <summary>The row is left out.</summary>
    None,
}
