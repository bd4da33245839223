namespace DeepPS;

/// <summary>Decodes many image files on all cores, into one column.</summary>
internal static class ImageBatch
{
    private const int SizesShown = 5;

    /// <summary>Decodes files; those that cannot be read are left out, where that is allowed.</summary>
    /// <returns>The images, and the numbers of the files that they are of.</returns>
    /// <exception cref="DlException">See <see cref="ImageSetReader.ReadFiles"/>.</exception>
    public static (ImageColumn Images, int[] Kept) Load(string name, string[] paths, ImageSetOptions options, CancellationToken cancel)
    {
        var shape = ShapeOf(paths, options);
        var size = (int)shape.Size;
        if (shape.Size * paths.Length > Array.MaxLength)
            throw new DlException("TooLarge", DlErrorKind.NotAvailable,
                $"{paths.Length:N0} images of {shape} are more than one column holds ({Array.MaxLength:N0} bytes). Ask for a smaller -ImageSize, or read fewer.");
        var pixels = GC.AllocateUninitializedArray<byte>(size * paths.Length);
        var failures = new DlException?[paths.Length];
        var done = 0;
        Parallel.For(0, paths.Length, OnAllCores(cancel), (i, loop) =>
        {
            try
            {
                options.Preparation.Load(paths[i], shape, pixels.AsSpan(i * size, size));
            }
            catch (DlException e)
            {
                failures[i] = e;
                if (Ends(e, options))
                    loop.Stop();
            }

            options.Progress?.Invoke((double)Interlocked.Increment(ref done) / paths.Length);
        });

        if (failures.FirstOrDefault(failure => failure is not null && Ends(failure, options)) is { } end)
            throw end.Id == "WrongImageSize" ? SizesDiffer(paths, cancel) : end;
        var kept = Enumerable.Range(0, paths.Length).Where(i => failures[i] is null).ToArray();
        if (kept.Length == 0)
            throw NoImages(name, failures.FirstOrDefault());
        foreach (var failure in failures)
            if (failure is not null)
                options.Warn?.Invoke($"{failure.Message} It is left out.");
        var column = new ImageColumn(name, pixels, shape);
        var settings = new ColumnSettings { Image = options.Preparation, ImageNormalization = options.Normalization };
        return ((kept.Length == paths.Length ? column : column.Take(kept)).With(settings) as ImageColumn ?? column, kept);
    }

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

    /// <summary>A file that is broken is a file's own matter; a missing library is not, nor is a size that the others lack.</summary>
    private static bool Ends(DlException failure, ImageSetOptions options) =>
        options.Strict || failure.Id is "WrongImageSize" or "JpegDecoderNotFound";

    private static ParallelOptions OnAllCores(CancellationToken cancel) =>
        new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };

    private static DlException SizesDiffer(string[] paths, CancellationToken cancel)
    {
        var sizes = new ImageSize[paths.Length];
        Parallel.For(0, paths.Length, OnAllCores(cancel), i =>
        {
            try
            {
                sizes[i] = ImageLoader.Current.SizeOf(paths[i]);
            }
            catch (DlException)
            {
            }
        });

        var groups = sizes.Index().Where(pair => pair.Item != default).GroupBy(pair => pair.Item, pair => pair.Index)
            .OrderByDescending(group => group.Count()).ToArray();
        var shown = groups.Take(SizesShown).Select(group => $"{group.Key} ({group.Count():N0}, such as {Path.GetFileName(paths[group.First()])})");
        return new DlException("ImageSizesDiffer", DlErrorKind.InvalidData,
            $"The images have {groups.Length:N0} sizes (width x height): {string.Join(", ", shown)}{(groups.Length > SizesShown ? ", ..." : "")}. "
            + "A network takes one: ask for it with -ImageSize, such as -ImageSize 224.", paths[groups[^1].First()]);
    }

    private static DlException NoImages(string name, DlException? first) => new("NoImages", DlErrorKind.InvalidData,
        $"'{name}': no image could be read. " + (first is null ? "There is none." : $"The first: {first.Message}"), name, first);
}
