namespace DeepPS.Training;

/// <summary>How an epoch's samples are parted into batches, and the batches into steps.</summary>
/// <param name="samples">How many samples there are.</param>
/// <param name="batchSize">How many a batch has; the last has what is left, as in PyTorch.</param>
/// <param name="batchesPerStep">How many batches a step takes; the last has what is left.</param>
/// <param name="joinLone">
/// Whether a single sample that is left joins the batch before it: batch normalisation cannot learn from one.
/// </param>
internal sealed class BatchPlan(int samples, int batchSize, int batchesPerStep, bool joinLone)
{
    private readonly int batches = joinLone && samples > batchSize && samples % batchSize == 1
        ? samples / batchSize
        : (samples + batchSize - 1) / batchSize;

    /// <summary>How many steps an epoch has.</summary>
    public int Steps => (batches + batchesPerStep - 1) / batchesPerStep;

    /// <summary>The batches of a step: the number of each, its first sample and its size.</summary>
    public IReadOnlyList<(int Number, int First, int Size)> Of(int step) =>
        Enumerable.Range(step * batchesPerStep, Math.Min(batchesPerStep, batches - step * batchesPerStep))
            .Select(batch => (batch, batch * batchSize, batch == batches - 1 ? samples - batch * batchSize : batchSize)).ToArray();
}
