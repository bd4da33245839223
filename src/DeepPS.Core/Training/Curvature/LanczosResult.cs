namespace DeepPS.Training;

/// <summary>Eigenvalues at both ends of a spectrum.</summary>
/// <param name="Largest">The largest, in descending order.</param>
/// <param name="Smallest">The smallest, in ascending order.</param>
/// <param name="ErrorBound">The largest error bound of these.</param>
/// <param name="Iterations">The number of products with the matrix.</param>
/// <param name="Converged">Whether the error bound is within the tolerance.</param>
internal sealed record LanczosResult(IReadOnlyList<double> Largest, IReadOnlyList<double> Smallest, double ErrorBound,
    int Iterations, bool Converged);
