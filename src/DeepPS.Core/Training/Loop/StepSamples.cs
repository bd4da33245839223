using DeepPS.Data;

namespace DeepPS.Training;

/// <summary>The samples of one step.</summary>
/// <param name="Order">The samples in the order of the epoch.</param>
/// <param name="Batches">
/// The step's batches: each one's number in the epoch, from 0, its first sample and its size.
/// </param>
/// <param name="Epoch">The epoch's number, for errors.</param>
internal sealed record StepSamples(
    SampleOrder Order, IReadOnlyList<(int Number, int First, int Size)> Batches, int Epoch)
{
    /// <summary>The position of the first sample.</summary>
    public int First => Batches[0].First;

    /// <summary>The number of samples.</summary>
    public int Count { get; } = Batches.Sum(batch => batch.Size);
}
