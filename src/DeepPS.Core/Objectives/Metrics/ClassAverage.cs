namespace DeepPS.Objectives;

/// <summary>How the values of classes are averaged.</summary>
public enum ClassAverage
{
    /// <summary>The unweighted mean over the classes.</summary>
    Macro,

    /// <summary>One value over all samples of all classes.</summary>
    Micro,

    /// <summary>The mean over the classes, weighted by their samples.</summary>
    Weighted,

    /// <summary>A value for each class, such as <c>F1_setosa</c>.</summary>
    PerClass,
}
