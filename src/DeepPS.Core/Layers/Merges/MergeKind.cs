namespace DeepPS.Layers;

/// <summary>How branches become one output.</summary>
public enum MergeKind
{
    /// <summary>One behind the other along the first axis, such as channels.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Add,

    /// <summary>Their product, number by number.</summary>
    Multiply,

    /// <summary>Their mean.</summary>
    Average,

    /// <summary>The largest, number by number.</summary>
    Maximum,
}
