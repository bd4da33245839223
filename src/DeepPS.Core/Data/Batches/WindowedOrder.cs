using System.Numerics;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// One pass over the windows of <see cref="StreamedData"/>: another thread loads the next window while samples of the
/// current one are taken. All blocks of the data are shuffled before windows are cut, so that files sorted by class
/// give windows of all classes.
/// </summary>
internal sealed class WindowedOrder : SampleOrder
{
    private const int LargestBlock = 8192;

    /// <summary>
    /// Smallest number of blocks in a window: with fewer, a window of data sorted by class lacks some classes.
    /// </summary>
    private const int BlocksOfWindow = 256;

    private readonly StreamedData source;
    private readonly int windowSize;
    private readonly int windows;
    private readonly int blockSize;
    private readonly Generator? shuffle;
    private readonly ScratchArray<int>? blocks;
    private readonly ScratchArray<int>? drawn;
    private readonly bool keepsOrder;
    private int block;
    private int offset;
    private int current = -1;
    private DeviceData? window;
    private SampleOrder? order;
    private Task<DeviceData> next;

    public WindowedOrder(StreamedData source, int windowSize, Generator? shuffle, ClassDraw? draw)
    {
        this.source = source;
        this.windowSize = windowSize;
        this.shuffle = shuffle;
        keepsOrder = draw is { KeepsOrder: true };
        blockSize = source.HasFileOfEachRow ? 1 : (int)BitOperations.RoundUpToPowerOf2(
            (uint)Math.Clamp(windowSize / BlocksOfWindow / 2 + 1, 1, LargestBlock));
        // A last sample that joins the batch before it needs no window.
        windows = Math.Max(1, source.Count / windowSize + (source.Count % windowSize > 1 ? 1 : 0));
        if (shuffle is not null && draw is not null)
            drawn = draw.Take(source.Count, shuffle);
        else if (shuffle is not null)
            blocks = Permuted((source.Count - 1) / blockSize + 1, shuffle);

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
        blocks?.Dispose();
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
        order = window.Open(windowSize, keepsOrder ? null : shuffle);
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

    /// <summary>Numbers from 0 in random order; in a file where they are too many for memory.</summary>
    private ScratchArray<int> Permuted(int count, Generator random)
    {
        var numbers = new ScratchArray<int>(count, source.Budget);
        var all = numbers.Span;
        for (var i = 0; i < count; i++)
            all[i] = i;
        using var seed = empty([1L], ScalarType.Int64).random_(0, 1L << 62, random);
        new SeededRandom(seed.item<long>()).Shuffle(all);
        return numbers;
    }

    /// <summary>
    /// The numbers of the next rows, block after block. Shuffled ones are in the order of the data, which is faster to
    /// read; the window shuffles them again.
    /// </summary>
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

        if (blocks is not null)
            Array.Sort(rows);
        return rows;
    }

    /// <summary>Drawn rows, in the order of the data, since the window shuffles them again; or as drawn.</summary>
    private int[] Drawn(int from, int count)
    {
        var rows = drawn!.Span.Slice(from, count).ToArray();
        if (!keepsOrder)
            Array.Sort(rows);
        return rows;
    }

    private int BlockStart() => (blocks is null ? block : blocks.Span[block]) * blockSize;
}
