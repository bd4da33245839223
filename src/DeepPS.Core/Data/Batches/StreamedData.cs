using System.Numerics;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Samples that do not fit on a device, or in one array. They are loaded in windows; another thread loads the next
/// window while the network trains on the current one. With shuffling, a window consists of blocks of consecutive rows
/// from all over the data, and its samples are shuffled. Blocks are as small as possible without reading a file in too
/// many places: a power of two from 256 to 8192 rows, so that a window has 64 of them or more.
/// </summary>
internal sealed class StreamedData : SampleSource
{
    private const int SmallestBlock = 256;
    private const int LargestBlock = 8192;

    /// <summary>Smallest number of blocks in a window, unless blocks would be too small.</summary>
    private const int BlocksOfWindow = 64;

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
        windowRows = Math.Min(MostRows(plan), (data.Budget?.Share ?? long.MaxValue) / (
            Windows * Math.Max(rowBytes, 1)));
    }

    /// <summary>The largest number of rows to encode at once, limited by the length of an array.</summary>
    public static long MostRows(DataPlan plan) =>
        Array.MaxLength / Math.Max(
            1, Math.Max(plan.InputPlans.Max(input => input.Shape.Size), plan.Label?.Shape.Size ?? 1));

    public override int Count { get; }

    public override long WindowRows
    {
        get => windowRows;
        set => windowRows = value > 0 ? value : throw OtherMemory("were all in memory, and now are loaded in chunks");
    }

    public override bool HasGaps => plan.Label is { Kind: LabelKind.Class, Shape.Rank: > 0 };

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new Windowed(this, (int)Math.Max(windowRows / batchSize * batchSize, batchSize), shuffle, draw);

    public override void Dispose()
    {
    }

    /// <summary>Loads samples by their numbers among the usable rows.</summary>
    private DeviceData Load(int[] numbers)
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

    /// <summary>One pass over the windows.</summary>
    private sealed class Windowed : SampleOrder
    {
        private readonly StreamedData source;
        private readonly int windowSize;
        private readonly int windows;
        private readonly int blockSize;
        private readonly Generator? shuffle;
        private readonly long[]? blocks;
        private readonly ScratchArray<int>? drawn;
        private int block;
        private int offset;
        private int current = -1;
        private DeviceData? window;
        private SampleOrder? order;
        private Task<DeviceData> next;

        public Windowed(StreamedData source, int windowSize, Generator? shuffle, ClassDraw? draw)
        {
            this.source = source;
            this.windowSize = windowSize;
            this.shuffle = shuffle;
            blockSize = (int)BitOperations.RoundUpToPowerOf2(
                (uint)Math.Clamp(windowSize / BlocksOfWindow / 2 + 1, SmallestBlock, LargestBlock));
            // A last sample that joins the batch before it needs no window.
            windows = Math.Max(1, source.Count / windowSize + (source.Count % windowSize > 1 ? 1 : 0));
            if (shuffle is not null && draw is not null)
                drawn = draw.Take(source.Count, shuffle);
            else if (shuffle is not null)
            {
                using var permuted = randperm((source.Count + blockSize - 1) / blockSize, generator: shuffle);
                blocks = permuted.data<long>().ToArray();
            }

            next = Load(0);
        }

        public override Batch Take(int first, int size)
        {
            if (!Has(first))
                throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                    "The optimizer evaluates samples again that are no longer in memory: its step has batches of two "
                    + "chunks. Use -AccumulateSteps 1, an optimizer that evaluates once, or a larger -MemoryLimit.");
            var wanted = WindowOf(first);
            while (current < wanted)
                Advance();
            return order!.Take(first - wanted * windowSize, size);
        }

        public override bool Has(int place) => WindowOf(place) >= current;

        public override void Dispose()
        {
            order?.Dispose();
            window?.Dispose();
            drawn?.Dispose();
            next.ContinueWith(loaded => loaded.Result.Dispose(), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
        }

        private int WindowOf(int place) => Math.Min(place / windowSize, windows - 1);

        private void Advance()
        {
            order?.Dispose();
            window?.Dispose();
            (order, window) = (null, null);
            window = next.GetAwaiter().GetResult();
            order = window.Open(windowSize, shuffle);
            current++;
            if (current + 1 < windows)
                next = Load(current + 1);
            else
                next = Task.FromException<DeviceData>(new InvalidOperationException("There is no further window."));
        }

        private Task<DeviceData> Load(int number)
        {
            var from = number * windowSize;
            var count = number == windows - 1 ? source.Count - from : windowSize;
            var rows = drawn is null ? Rows(count) : Drawn(from, count);
            return Task.Run(() => source.Load(rows));
        }

        /// <summary>The numbers of the next rows, block after block.</summary>
        private int[] Rows(int count)
        {
            var rows = new int[count];
            for (var i = 0; i < count; i++, offset++)
            {
                var start = BlockStart();
                if (offset == Math.Min(blockSize, source.Count - start))
                {
                    (block, offset) = (block + 1, 0);
                    start = BlockStart();
                }

                rows[i] = start + offset;
            }

            return rows;
        }

        /// <summary>Drawn rows, in the order of the data; the window shuffles them again.</summary>
        private int[] Drawn(int from, int count)
        {
            var rows = drawn!.Span.Slice(from, count).ToArray();
            Array.Sort(rows);
            return rows;
        }

        private int BlockStart() => (int)(blocks?[block] ?? block) * blockSize;
    }
}
