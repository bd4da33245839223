namespace DeepPS.Common;

/// <summary>What a label is.</summary>
public enum LabelKind
{
    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>A number, or several.</summary>
    Number,

    /// <summary>Any of several names, or none: text such as <c>red;blue</c>, arrays of names, or columns of yes and
    /// no.</summary>
    Labels,
}
