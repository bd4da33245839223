namespace DeepPS.Data;

/// <summary>A compressed file has more text than its size let expect: too much for columns in memory.</summary>
internal sealed class MoreTextException() : Exception("There is more text than expected.");
