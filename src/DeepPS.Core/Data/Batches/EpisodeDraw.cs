using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Draws batches as episodes: each has a few classes, and of each the same number of different samples, class after
/// class in turn.
/// </summary>
internal sealed class EpisodeDraw : ClassDraw
{
    private readonly MemoryBudget? budget;
    private readonly int batchSize;
    private readonly int way;

    /// <summary>Sorts samples by class.</summary>
    /// <param name="classes">The class number of each sample.</param>
    /// <param name="batchSize">The samples of a batch.</param>
    /// <param name="way">The classes of a batch.</param>
    /// <param name="budget">The memory budget; null: unlimited.</param>
    public EpisodeDraw(ReadOnlySpan<int> classes, int batchSize, int way, MemoryBudget? budget = null)
        : base(classes, budget) => (this.batchSize, this.way, this.budget) = (batchSize, way, budget);

    /// <summary>Sorts the samples of a dataset by their class.</summary>
    /// <exception cref="DlException"><c>EpisodeClass</c>: there are too few classes, or samples of one.</exception>
    public static EpisodeDraw Of(Dataset data, DataPlan plan, int batchSize, int way)
    {
        using var classes = ClassesOf(data, plan);
        var draw = new EpisodeDraw(classes.Span, batchSize, way, data.Budget);
        try
        {
            draw.Check(classes.Span, plan.Label!);
            return draw;
        }
        catch
        {
            draw.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override bool KeepsOrder => true;

    /// <inheritdoc/>
    public override ScratchArray<int> Take(int count, Generator random)
    {
        using var seed = empty([1L], ScalarType.Int64).random_(0, 1L << 62, random);
        var numbers = new SeededRandom(seed.item<long>());
        var drawn = new ScratchArray<int>(count, budget);
        var order = Enumerable.Range(0, Classes).ToArray();
        for (var first = 0; first < count; first += batchSize)
        {
            numbers.Shuffle(order.AsSpan());
            Fill(drawn.Span.Slice(first, Math.Min(batchSize, count - first)), order, numbers);
        }

        return drawn;
    }

    private void Fill(Span<int> batch, int[] order, SeededRandom numbers)
    {
        for (var turn = 0; turn < way && turn < batch.Length; turn++)
        {
            var samples = SamplesOf(order[turn]);
            var chosen = Different((batch.Length - turn - 1) / way + 1, samples.Length, numbers);
            for (var i = 0; i < chosen.Length; i++)
                batch[turn + i * way] = samples[chosen[i]];
        }
    }

    /// <summary>Different numbers from 0 to a bound, exclusive, in random order (Floyd's method).</summary>
    private static int[] Different(int count, int bound, SeededRandom numbers)
    {
        var chosen = new HashSet<int>(count);
        for (var last = bound - count; last < bound; last++)
            if (!chosen.Add(numbers.Below(last + 1)))
                chosen.Add(last);
        var all = chosen.ToArray();
        numbers.Shuffle(all.AsSpan());
        return all;
    }

    private void Check(ReadOnlySpan<int> classes, LabelPlan label)
    {
        if (Classes < way)
            throw new DlException("EpisodeClass", DlErrorKind.InvalidData,
                $"A batch needs {way} classes, and label '{label.Name}' has {Classes}. Use a smaller -Way.",
                label.Name);
        var each = (batchSize + way - 1) / way;
        for (var place = 0; place < Classes; place++)
            if (SamplesOf(place) is var samples && samples.Length < each)
                throw new DlException("EpisodeClass", DlErrorKind.InvalidData,
                    $"A batch of {batchSize} samples of {way} classes needs {each} of each; class "
                    + $"'{label.Classes[classes[samples[0]]]}' of label '{label.Name}' has {samples.Length}. Use a "
                    + "smaller -BatchSize, or leave the class out.", label.Name);
    }
}
