namespace DeepPS.Training;

/// <summary>The curvature of a loss at the parameters of a model: eigenvalues and trace of its Hessian.</summary>
public sealed record LossCurvature
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The number of rows used.</summary>
    public required int Count { get; init; }

    /// <summary>The number of parameters that are not frozen: the size of the Hessian.</summary>
    public required long Parameters { get; init; }

    /// <summary>The mean loss.</summary>
    public required double Loss { get; init; }

    /// <summary>The norm of the gradient: near 0 at a minimum or a saddle.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The largest eigenvalue of the Hessian.</summary>
    public required double Largest { get; init; }

    /// <summary>The smallest eigenvalue: below 0, the loss falls along its direction on both sides.</summary>
    public required double Smallest { get; init; }

    /// <summary>The largest eigenvalue divided by the smallest; null unless both are above 0.</summary>
    public double? ConditionNumber => Smallest > 0 ? Largest / Smallest : null;

    /// <summary>2 / Largest: gradient descent with a larger learning rate diverges along this direction; null if the
    /// largest eigenvalue is not above 0.</summary>
    public double? StableLearningRate => Largest > 0 ? 2 / Largest : null;

    /// <summary>The estimate of the trace, the sum of all eigenvalues; null: not measured.</summary>
    public double? Trace { get; init; }

    /// <summary>The standard error of the trace; null with fewer than two random vectors.</summary>
    public double? TraceError { get; init; }

    /// <summary>The number of Lanczos iterations.</summary>
    public required int Iterations { get; init; }

    /// <summary>The largest error bound of the eigenvalues, absolute.</summary>
    public required double ErrorBound { get; init; }

    /// <summary>Whether the error bounds are within the tolerance.</summary>
    public required bool Converged { get; init; }

    /// <summary>The largest eigenvalues, in descending order.</summary>
    public IReadOnlyList<double> LargestOnes() => LargestValues;

    /// <summary>The smallest eigenvalues, in ascending order.</summary>
    public IReadOnlyList<double> SmallestOnes() => SmallestValues;

    internal IReadOnlyList<double> LargestValues { get; init; } = [];

    internal IReadOnlyList<double> SmallestValues { get; init; } = [];
}
