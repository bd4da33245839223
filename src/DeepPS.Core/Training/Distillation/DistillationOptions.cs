namespace DeepPS.Training;

/// <summary>How a model learns from teachers besides the labels.</summary>
public sealed record DistillationOptions
{
    /// <summary>Logits are divided by it before the softmax, for class labels.</summary>
    public double Temperature { get; init; } = 4;

    /// <summary>The weight of the teachers in the loss, from 0 to 1; the labels have the rest.</summary>
    public double TeacherWeight { get; init; } = 0.9;

    /// <summary>The layers of the student that also learn the output of a layer of the teacher.</summary>
    public IReadOnlyList<HintOptions> Hints { get; init; } = [];
}

/// <summary>A layer of the student that learns the output of a layer of the teacher.</summary>
/// <param name="Student">The name of the student's layer.</param>
/// <param name="Teacher">The name of the teacher's layer.</param>
public sealed record HintOptions(string Student, string Teacher);
