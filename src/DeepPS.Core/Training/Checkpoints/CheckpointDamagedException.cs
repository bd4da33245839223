using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>A checkpoint is not as it was written (<c>CheckpointDamaged</c>).</summary>
/// <param name="path">The file.</param>
/// <param name="inner">What is wrong with it.</param>
public sealed class CheckpointDamagedException(string path, Exception inner)
    : DlException("CheckpointDamaged", DlErrorKind.InvalidData, $"Checkpoint '{path}' cannot be used: {inner.Message}.", path, inner);
