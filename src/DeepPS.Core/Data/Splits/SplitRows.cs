namespace DeepPS;

/// <summary>Which rows of a dataset go where.</summary>
/// <param name="Train">The rows to train on.</param>
/// <param name="Validation">The rows that training is watched by; none: there is no such part.</param>
/// <param name="Test">The rows that nothing is decided by; none: there is no such part.</param>
internal readonly record struct SplitRows(int[] Train, int[] Validation, int[] Test);
