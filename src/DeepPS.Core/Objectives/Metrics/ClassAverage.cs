namespace DeepPS.Objectives;

/// <summary>How the values of classes become one.</summary>
public enum ClassAverage
{
    /// <summary>The mean over the classes, each alike.</summary>
    Macro,

    /// <summary>One value over all samples, whatever their class.</summary>
    Micro,

    /// <summary>The mean over the classes by how many samples each has.</summary>
    Weighted,

    /// <summary>A value for each class, <c>F1_setosa</c>.</summary>
    PerClass,
}
