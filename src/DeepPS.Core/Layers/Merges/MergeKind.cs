namespace DeepPS.Layers;

/// <summary>How branches are merged.</summary>
public enum MergeKind
{
    /// <summary>Concatenated along the first axis (channels).</summary>
    Concat,

    /// <summary>The element-wise sum.</summary>
    Add,

    /// <summary>The element-wise product.</summary>
    Multiply,

    /// <summary>The element-wise mean.</summary>
    Average,

    /// <summary>The element-wise maximum.</summary>
    Maximum,
}
