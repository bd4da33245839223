namespace DeepPS.Data;

/// <summary>How names become numbers.</summary>
public enum CategoryCoding
{
    /// <summary>One number for each level: 1 at the value's own, else 0.</summary>
    OneHot,

    /// <summary>A few learned numbers for each level.</summary>
    Embedding,
}
