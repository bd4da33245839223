namespace DeepPS.Objectives;

/// <summary>How the values of classes are averaged.</summary>
public enum ClassAverage
{
    /// <summary>The value of the second of two classes by name, scikit-learn's <c>binary</c>; the Macro mean of more
    /// classes, or of several names a row.</summary>
    Auto,

    /// <summary>The unweighted mean over the classes, also over two.</summary>
    Macro,

    /// <summary>One value over all samples of all classes.</summary>
    Micro,

    /// <summary>The mean over the classes, weighted by their samples.</summary>
    Weighted,

    /// <summary>A value for each class, such as <c>F1_setosa</c>.</summary>
    PerClass,
}
