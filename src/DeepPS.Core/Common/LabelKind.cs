namespace DeepPS.Common;

/// <summary>The kind of a label.</summary>
public enum LabelKind
{
    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>A number, or several.</summary>
    Number,

    /// <summary>Any of several names, or none: text such as <c>red;blue</c>, arrays of names, or columns of yes and
    /// no.</summary>
    Labels,

    /// <summary>Text, which the network produces token by token: a translation, a summary, or the text of a language
    /// model.</summary>
    Text,
}
