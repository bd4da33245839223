using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>Samples as a network sees them, taken batch after batch.</summary>
internal abstract class SampleSource : IDisposable
{
    /// <summary>How many samples there are.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a place of a label has no class.</summary>
    public abstract bool HasGaps { get; }

    /// <summary>
    /// How many samples are made ready at once, on which their order depends; 0: all of them. What a training was begun with it must go on
    /// with, however much memory there is then.
    /// </summary>
    /// <exception cref="DlException"><c>ResumeMemory</c>: the samples lie in memory now and did not before, or the other way.</exception>
    public virtual long WindowRows
    {
        get => 0;
        set
        {
            if (value != 0)
                throw OtherMemory("were made ready piece by piece, and now are all in memory");
        }
    }

    /// <summary>The samples of a dataset that have a label: all of them on a device, or a part at a time where they are too many.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="plan">How its columns become numbers.</param>
    /// <param name="targets">Checks the targets; null: the samples have none.</param>
    /// <param name="device">Where they go.</param>
    /// <exception cref="DlException"><c>EmptyDataset</c>: no row has a label; <c>LossLabel</c>: the loss cannot take one's value;
    /// <c>OutOfMemory</c>: they do not fit.</exception>
    public static SampleSource Of(Dataset data, DataPlan plan, ITargetCheck? targets, Device device)
    {
        if (data.Budget is { } budget && !budget.Holds(data.Count * plan.RowBytes) || data.Count > StreamedData.MostRows(plan))
            return new StreamedData(data, plan, targets, device);
        try
        {
            return new DeviceData(Encode(data, plan, targets), device);
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            throw new DlException("OutOfMemory", DlErrorKind.NotAvailable,
                $"The {data.Count:N0} samples of dataset '{data.Name}' do not fit into the memory of {device}{MemoryShortage.Asked(e)}. "
                + "Import them with a -MemoryLimit that leaves room: a part of them is there at a time then.", data, e);
        }
    }

    /// <summary>Goes through the samples once.</summary>
    /// <param name="batchSize">How many samples are taken at a time, at most one more.</param>
    /// <param name="shuffle">What their order is drawn from; null: they come as they lie.</param>
    /// <param name="draw">Draws the samples, with <paramref name="shuffle"/>; null: each comes once.</param>
    public abstract SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The error for samples that come in another order, as there is more or less memory than there was.</summary>
    protected static DlException OtherMemory(string difference) => new("ResumeMemory", DlErrorKind.InvalidArgument,
        $"When the training began, its samples {difference}, which gives them another order. "
        + "Read the data with the same -MemoryLimit as before, or begin anew in another folder.");

    /// <summary>The labelled rows of a dataset as numbers.</summary>
    protected static EncodedData Encode(Dataset data, DataPlan plan, ITargetCheck? targets)
    {
        var encoded = plan.Encode(data, withLabel: targets is not null);
        if (encoded.Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData, $"Dataset '{data.Name}' has no rows with a label.", data);
        targets?.Check(encoded.Targets ?? encoded.Inputs[0].Values, encoded.TargetShape);
        return encoded;
    }
}

/// <summary>One way through samples.</summary>
internal abstract class SampleOrder : IDisposable
{
    /// <summary>Some samples, in tensors of the caller's dispose scope.</summary>
    /// <param name="first">The place of the first in this order; it does not go back, but for the batch taken last.</param>
    /// <param name="size">How many.</param>
    public abstract Batch Take(int first, int size);

    /// <summary>Whether the sample at a place can still be taken.</summary>
    public virtual bool Has(int place) => true;

    /// <inheritdoc/>
    public abstract void Dispose();
}
