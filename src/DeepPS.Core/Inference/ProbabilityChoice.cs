namespace DeepPS.Inference;

/// <summary>The probabilities of a prediction.</summary>
public enum ProbabilityChoice
{
    /// <summary>That of the predicted class.</summary>
    Predicted,

    /// <summary>Those of all classes, as <c>Probability_setosa</c> and so on.</summary>
    All,
}
