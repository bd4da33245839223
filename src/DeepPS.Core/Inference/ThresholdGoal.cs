namespace DeepPS.Inference;

/// <summary>What the best threshold makes largest.</summary>
public enum ThresholdGoal
{
    /// <summary>The F1 of the positive class.</summary>
    F1,

    /// <summary>The share of correct predictions.</summary>
    Accuracy,

    /// <summary>The mean of the recalls of the positive class and of the others.</summary>
    BalancedAccuracy,
}
