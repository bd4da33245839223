namespace DeepPS.Data;

/// <summary>How a network sees names of levels.</summary>
public enum CategoryCoding
{
    /// <summary>One number for each level: 1 at the value's own, else 0.</summary>
    OneHot,

    /// <summary>A few numbers for each level, which are learned.</summary>
    Embedding,
}
