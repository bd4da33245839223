using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>A checkpoint is damaged or cannot be read (<c>CheckpointDamaged</c>).</summary>
/// <param name="path">The file.</param>
/// <param name="inner">The cause.</param>
public sealed class CheckpointDamagedException(string path, Exception inner)
    : DlException("CheckpointDamaged", DlErrorKind.InvalidData,
        $"Checkpoint '{path}' cannot be read: {inner.Message.TrimEnd('.')}.", path, inner);
