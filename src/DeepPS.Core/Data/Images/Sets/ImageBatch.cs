using System.Collections.Concurrent;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decodes many image files on all cores, into one column.</summary>
internal static class ImageBatch
{
    private const int SizesShown = 5;

    /// <summary>The share of the machine's memory for a dataset's images and everything derived from them.</summary>
    private const double MemoryShare = 0.5;

    /// <summary>Decodes files; unreadable ones are left out, where that is allowed.</summary>
    /// <returns>
    /// The images, and the numbers of their files. Where they are too many for memory, they stay in their files, after
    /// a check that they can be decoded.
    /// </returns>
    /// <exception cref="DlException">See <see cref="ImageSetReader.ReadFiles"/>.</exception>
    public static (Column Images, int[] Kept) Load(
        string name, string[] paths, ImageSetOptions options, CancellationToken cancel)
    {
        var shape = ShapeOf(paths, options);
        var size = (int)shape.Size;
        var pixels = Budget(options).Holds(shape.Size * paths.Length)
            ? GC.AllocateUninitializedArray<byte>(size * paths.Length) : null;
        using var scratch = new ThreadLocal<byte[]>(() => new byte[size]);
        var failures = new DlException?[paths.Length];
        var done = 0;
        var end = Run(paths.Length, i =>
        {
            try
            {
                options.Preparation.Load(
                    paths[i], shape, pixels is null ? scratch.Value! : pixels.AsSpan(i * size, size));
            }
            catch (DlException e) when (!Ends(e, options))
            {
                failures[i] = e;
            }

            options.Progress?.Invoke((double)Interlocked.Increment(ref done) / paths.Length);
        }, cancel);

        if (end is not null)
            throw end is WrongImageSizeException ? SizesDiffer(paths, cancel) : end;
        var kept = Enumerable.Range(0, paths.Length).Where(i => failures[i] is null).ToArray();
        if (kept.Length == 0)
            throw NoImages(name, failures.FirstOrDefault());
        foreach (var failure in failures)
            if (failure is not null)
                options.Warn?.Invoke($"{failure.Message} It is left out.");
        Column column = pixels is null ? new ImageFileColumn(name, paths, shape, options.Preparation)
            : new ImageColumn(name, pixels, shape);
        column = column.With(new ColumnSettings { ImageNormalization = options.Normalization })
            .WithFacts(new ColumnFacts { Image = options.Preparation });
        return (kept.Length == paths.Length ? column : column.Take(kept), kept);
    }

    /// <summary>The memory budget of a dataset with these images; null where they are in memory.</summary>
    public static MemoryBudget? BudgetOf(Column images, ImageSetOptions options) =>
        images is ImageFileColumn ? Budget(options) : options.Budget;

    /// <summary>Does work for each image, on all cores, until one fails.</summary>
    /// <returns>The first failure in order; null: there is none.</returns>
    public static DlException? Run(int count, Action<int> work, CancellationToken cancel = default)
    {
        var failures = new ConcurrentDictionary<int, DlException>();
        var parallel = new ParallelOptions
        {
            CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        Parallel.For(0, count, parallel, (i, loop) =>
        {
            try
            {
                work(i);
            }
            catch (DlException e)
            {
                failures[i] = e;
                loop.Stop();
            }
        });
        return failures.IsEmpty ? null : failures[failures.Keys.Min()];
    }

    /// <summary>The budget asked for, or a share of the machine's memory; never more than an array holds.</summary>
    private static MemoryBudget Budget(ImageSetOptions options) =>
        (options.Budget ?? new MemoryBudget((long)(MemoryShare * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)))
            .AtMost(Array.MaxLength);

    /// <summary>The shape of the first image that can be read.</summary>
    private static Shape ShapeOf(string[] paths, ImageSetOptions options)
    {
        DlException? first = null;
        foreach (var path in paths)
        {
            try
            {
                return options.Preparation.ShapeOf(path);
            }
            catch (DlException e) when (!options.Strict)
            {
                first ??= e;
            }
        }

        throw NoImages("Image", first);
    }

    /// <summary>
    /// Whether a failure concerns more than its file: a missing library, or a size that differs from the others.
    /// </summary>
    private static bool Ends(DlException failure, ImageSetOptions options) =>
        options.Strict || failure is WrongImageSizeException or ImageLibraryException;

    private static DlException SizesDiffer(string[] paths, CancellationToken cancel)
    {
        var sizes = new ImageSize[paths.Length];
        Run(paths.Length, i =>
        {
            try
            {
                sizes[i] = ImageLoader.Current.SizeOf(paths[i]);
            }
            catch (DlException)
            {
                // A broken file has no size.
            }
        }, cancel);

        var groups = sizes.Index().Where(pair => pair.Item != default).GroupBy(pair => pair.Item, pair => pair.Index)
            .OrderByDescending(group => group.Count()).ToArray();
        var shown = groups.Take(SizesShown).Select(group =>
            $"{group.Key} ({group.Count():N0}, such as {Path.GetFileName(paths[group.First()])})");
        return new DlException("ImageSizesDiffer", DlErrorKind.InvalidData,
            $"The images have {groups.Length:N0} sizes (width x height): {string.Join(", ", shown)}"
            + (groups.Length > SizesShown ? ", ... " : ". ")
            + "A network needs one size: set it with -ImageSize, such as -ImageSize 224.", paths[groups[^1].First()]);
    }

    private static DlException NoImages(string name, DlException? first) => new("NoImages", DlErrorKind.InvalidData,
        $"'{name}': no image could be read. "
            + (first is null ? "There are no files." : $"The first error: {first.Message}"), name, first);
}
