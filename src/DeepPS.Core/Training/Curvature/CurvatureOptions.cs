using DeepPS.Objectives;

namespace DeepPS.Training;

/// <summary>How to measure the curvature of a loss.</summary>
public sealed record CurvatureOptions
{
    /// <summary>The loss; null: the model's own, else the default of the label.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The number of eigenvalues at each end.</summary>
    public int Top { get; init; } = 1;

    /// <summary>The number of rows, drawn at random; null: all of them.</summary>
    public int? Samples { get; init; }

    /// <summary>The number of random vectors for the trace; 0: it is not measured.</summary>
    public int Probes { get; init; } = 30;

    /// <summary>The largest number of Lanczos iterations.</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>Lanczos ends when the error bound of each eigenvalue, relative to the largest, is smaller.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The number of rows in a batch. It does not change the result.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The seed of the rows, of the first vector and of the vectors for the trace.</summary>
    public int Seed { get; init; }
}
