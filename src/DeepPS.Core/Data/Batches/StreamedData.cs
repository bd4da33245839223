using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Samples that do not fit on a device, or in one array. They are loaded in windows; another thread loads the next
/// window while the network trains on the current one. With shuffling, a window consists of blocks of consecutive rows
/// from all over the data, and its samples are shuffled. A block is a power of two of up to 8192 rows, so that a window
/// has 256 of them or more without reading a file in too many places; where each row is a file of its own, a block is
/// one row.
/// </summary>
internal sealed class StreamedData : SampleSource
{
    /// <summary>
    /// There are two windows; loading one takes its raw rows, its numbers and their copy on the device.
    /// </summary>
    private const int Windows = 2;

    /// <summary>The memory of a window of this many bytes is freed without delay.</summary>
    private const int LargeWindow = 1 << 24;

    private readonly Dataset data;
    private readonly DataPlan plan;
    private readonly ITargetCheck? targets;
    private readonly Device device;
    private readonly long rowBytes;
    private long windowRows;

    /// <summary>The usable rows; null: all.</summary>
    private readonly ColumnStore<int>? rows;

    public StreamedData(Dataset data, DataPlan plan, ITargetCheck? targets, Device device)
    {
        this.data = data;
        rows = plan.UsableRows(data, withLabel: targets is not null);
        this.plan = plan;
        this.targets = targets;
        this.device = device;
        Count = rows?.Span.Length ?? data.Count;
        rowBytes = data.Columns.Sum(column => column.RowBytes) + 2 * plan.RowBytes;
        var share = data.Budget?.Share ?? long.MaxValue;
        windowRows = Math.Min(MostRows(plan), share / (Windows * Math.Max(rowBytes, 1)));
    }

    /// <summary>The largest number of rows to encode at once, limited by the length of an array.</summary>
    public static long MostRows(DataPlan plan)
    {
        var width = Math.Max(plan.InputPlans.Max(input => input.Shape.Size), plan.Label?.Shape.Size ?? 1);
        return Array.MaxLength / Math.Max(1, width);
    }

    public override int Count { get; }

    /// <summary>The memory budget; null: unlimited.</summary>
    public MemoryBudget? Budget => data.Budget;

    /// <summary>Whether each row has a file of its own, so that any order is as fast to read as another.</summary>
    public bool HasFileOfEachRow => data.Columns.Any(column => column is ImageFileColumn);

    public override long WindowRows
    {
        get => windowRows;
        set => windowRows = value > 0 ? value : throw OtherMemory("were all in memory, and now are loaded in chunks");
    }

    public override bool HasGaps => plan.Label is { Kind: LabelKind.Class or LabelKind.Text, Shape.Rank: > 0 };

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new WindowedOrder(this, (int)Math.Max(windowRows / batchSize * batchSize, batchSize), shuffle, draw);

    public override void Dispose()
    {
    }

    /// <summary>Loads samples by their numbers among the usable rows.</summary>
    public DeviceData Load(int[] numbers)
    {
        // Without this the runtime and the C library keep the memory of many large windows before they free it.
        if (numbers.Length * rowBytes > LargeWindow)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
            HostMemory.GiveBack();
        }

        return new DeviceData(
            Encode(data.Take(rows is null ? numbers : ColumnRows.Take(rows.Span, numbers)), plan, targets), device);
    }
}
