namespace DeepPS.Training;

/// <summary>Divides an epoch's samples into batches, and the batches into steps.</summary>
/// <param name="samples">The number of samples.</param>
/// <param name="batchSize">The samples of a batch; the last batch has the rest, as in PyTorch.</param>
/// <param name="batchesPerStep">The batches of a step; the last step has the rest.</param>
/// <param name="joinLone">
/// Whether a single sample at the end joins the batch before it: batch normalisation cannot learn from one.
/// </param>
internal sealed class BatchPlan(int samples, int batchSize, int batchesPerStep, bool joinLone)
{
    private readonly int batches = joinLone && samples > batchSize && samples % batchSize == 1
        ? samples / batchSize
        : (int)((samples - 1L + batchSize) / batchSize);

    /// <summary>The number of steps in an epoch.</summary>
    public int Steps => (int)((batches - 1L + batchesPerStep) / batchesPerStep);

    /// <summary>The batches of a step: the number of each, its first sample and its size.</summary>
    public IReadOnlyList<(int Number, int First, int Size)> Of(int step) =>
        Enumerable.Range(step * batchesPerStep, Math.Min(batchesPerStep, batches - step * batchesPerStep))
            .Select(batch => (batch, batch * batchSize, SizeOf(batch))).ToArray();

    private int SizeOf(int batch) => batch == batches - 1 ? samples - batch * batchSize : batchSize;
}
