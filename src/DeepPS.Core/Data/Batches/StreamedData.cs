using System.Numerics;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Samples that are too many to lie on a device, or in one array, at once. A window of them is made ready on another thread while the one
/// before it is learned from. Shuffled, a window is made of blocks of neighbours from all over the data, and its samples come in random
/// order: blocks are as small as they can be without reading a file in too many places, a power of two from 256 to 8192 rows, so that a
/// window has 64 of them or more.
/// </summary>
internal sealed class StreamedData : SampleSource
{
    private const int SmallestBlock = 256;
    private const int LargestBlock = 8192;

    /// <summary>Of how many blocks a window is made, at least, where they are no smaller than allowed.</summary>
    private const int BlocksOfWindow = 64;

    /// <summary>There are two windows; making one ready takes its raw rows, its numbers and their copy on the device.</summary>
    private const int Windows = 2;

    /// <summary>What is left of a window of so many bytes is not waited with.</summary>
    private const int LargeWindow = 1 << 24;

    private readonly Dataset data;
    private readonly DataPlan plan;
    private readonly ITargetCheck? targets;
    private readonly Device device;
    private readonly long rowBytes;
    private long windowRows;

    /// <summary>The rows that can be used; null: all.</summary>
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
        windowRows = Math.Min(MostRows(plan), (data.Budget?.Share ?? long.MaxValue) / (Windows * Math.Max(rowBytes, 1)));
    }

    /// <summary>How many rows can be encoded at once: an array holds so many numbers.</summary>
    public static long MostRows(DataPlan plan) =>
        Array.MaxLength / Math.Max(1, Math.Max(plan.InputPlans.Max(input => input.Shape.Size), plan.Label?.Shape.Size ?? 1));

    public override int Count { get; }

    public override long WindowRows
    {
        get => windowRows;
        set => windowRows = value > 0 ? value : throw OtherMemory("were all in memory, and now are made ready piece by piece");
    }

    public override bool HasGaps => plan.Label is { Kind: LabelKind.Class, Shape.Rank: > 0 };

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new Windowed(this, (int)Math.Max(windowRows / batchSize * batchSize, batchSize), shuffle, draw);

    public override void Dispose()
    {
    }

    /// <summary>Makes samples ready, by their numbers among the rows that can be used.</summary>
    private DeviceData Load(int[] numbers)
    {
        // By themselves the runtime and the C library let what is left of many large windows come together before they look.
        if (numbers.Length * rowBytes > LargeWindow)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
            HostMemory.GiveBack();
        }

        return new DeviceData(Encode(data.Take(rows is null ? numbers : ColumnRows.Take(rows.Span, numbers)), plan, targets), device);
    }

    /// <summary>One way through the windows.</summary>
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
            blockSize = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(windowSize / BlocksOfWindow / 2 + 1, SmallestBlock, LargestBlock));
            // A last sample that joins the batch before it has no window of its own.
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
                    "The optimizer asks again about samples that are no longer in memory: its step has batches of two pieces of the data. "
                    + "Use -AccumulateSteps 1, an optimizer that asks once, or a larger -MemoryLimit.");
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
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
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

        /// <summary>The numbers of the next rows: of block after block.</summary>
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

        /// <summary>Drawn rows, in the order in which they lie; the window shuffles them again.</summary>
        private int[] Drawn(int from, int count)
        {
            var rows = drawn!.Span.Slice(from, count).ToArray();
            Array.Sort(rows);
            return rows;
        }

        private int BlockStart() => (int)(blocks?[block] ?? block) * blockSize;
    }
}
