using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Encoded samples that are taken batch after batch.</summary>
internal abstract class SampleSource : IDisposable
{
    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a label has places without a class.</summary>
    public abstract bool HasGaps { get; }

    /// <summary>
    /// How many samples are loaded at once; their order depends on it. 0: all of them. A resumed training keeps the
    /// number that it started with, however much memory there is.
    /// </summary>
    /// <exception cref="DlException">
    /// <c>ResumeMemory</c>: the samples are in memory now and were not before, or the other way round.
    /// </exception>
    public virtual long WindowRows
    {
        get => 0;
        set
        {
            if (value != 0)
                throw OtherMemory("were loaded in chunks, and now all are in memory");
        }
    }

    /// <summary>
    /// The labelled samples of a dataset: all of them on a device, or in chunks where they are too many.
    /// </summary>
    /// <param name="data">The dataset.</param>
    /// <param name="plan">How its columns become numbers.</param>
    /// <param name="targets">Checks the targets; null: the samples have none.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="DlException">
    /// <c>EmptyDataset</c>: no row has a label; <c>LossLabel</c>: the loss does not support one's value;
    /// <c>OutOfMemory</c>: they do not fit into memory.
    /// </exception>
    public static SampleSource Of(Dataset data, DataPlan plan, ITargetCheck? targets, Device device)
    {
        if (data.Budget is { } budget && !budget.Holds(data.Count * plan.RowBytes)
            || data.Count > StreamedData.MostRows(plan))
            return new StreamedData(data, plan, targets, device);
        try
        {
            return new DeviceData(Encode(data, plan, targets), device);
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            throw new DlException("OutOfMemory", DlErrorKind.NotAvailable,
                $"The {data.Count:N0} samples of dataset '{data.Name}' do not fit into the memory of "
                + $"{device}{MemoryShortage.Asked(e)}. "
                + "Import them with a smaller -MemoryLimit, so that they are loaded in chunks.", data, e);
        }
    }

    /// <summary>Starts one pass over the samples.</summary>
    /// <param name="batchSize">Number of samples taken at a time; the last batch may have one more.</param>
    /// <param name="shuffle">Source of the random order; null: the order of the data.</param>
    /// <param name="draw">Draws the samples, with <paramref name="shuffle"/>; null: each is taken once.</param>
    public abstract SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>
    /// The error for samples whose order would change because there is more or less memory than before.
    /// </summary>
    protected static DlException OtherMemory(string difference) => new("ResumeMemory", DlErrorKind.InvalidArgument,
        $"When the training started, its samples {difference}, which changes their order. "
        + "Read the data with the same -MemoryLimit as before, or start again in another folder.");

    /// <summary>The labelled rows of a dataset as numbers.</summary>
    protected static EncodedData Encode(Dataset data, DataPlan plan, ITargetCheck? targets)
    {
        var encoded = plan.Encode(data, withLabel: targets is not null);
        if (encoded.Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData,
                $"Dataset '{data.Name}' has no rows with a label.", data);
        targets?.Check(encoded.Targets ?? encoded.Inputs[0].Values, encoded.TargetShape);
        return encoded;
    }
}

/// <summary>One pass over samples.</summary>
internal abstract class SampleOrder : IDisposable
{
    /// <summary>Some samples, in tensors of the caller's dispose scope.</summary>
    /// <param name="first">
    /// The place of the first in this order; it never goes back, except to the latest batch.
    /// </param>
    /// <param name="size">Number of samples.</param>
    public abstract Batch Take(int first, int size);

    /// <summary>Whether the sample at a place is still available.</summary>
    public virtual bool Has(int place) => true;

    /// <inheritdoc/>
    public abstract void Dispose();
}
