namespace DeepPS;

/// <summary>Reads the rows of a PNG image: undoes their filters, and writes their pixels as bytes.</summary>
internal readonly ref struct PngRows
{
    private readonly PngLayout layout;
    private readonly Span<byte> pixels;

    /// <param name="layout">What the file holds.</param>
    /// <param name="pixels">Takes the image.</param>
    public PngRows(PngLayout layout, Span<byte> pixels)
    {
        this.layout = layout;
        this.pixels = pixels;
    }

    /// <summary>Reads the rows of a pass.</summary>
    /// <param name="raw">The decompressed rows.</param>
    /// <param name="x">The first column that the pass has.</param>
    /// <param name="y">The first row.</param>
    /// <param name="stepX">How far the next pixel is from one.</param>
    /// <param name="stepY">How far the next row is.</param>
    public void Read(Stream raw, int x, int y, int stepX, int stepY)
    {
        var (width, height) = (layout.Header.Width, layout.Header.Height);
        if (x >= width || y >= height)
            return;
        var count = (width - x + stepX - 1) / stepX;
        var size = (int)(((long)count * layout.BitsPerPixel + 7) / 8);
        byte[] row = new byte[size + 1], above = new byte[size + 1];
        for (; y < height; y += stepY)
        {
            if (raw.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
                throw new ImageFormatException("was cut short");
            PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), Math.Max(1, layout.BitsPerPixel / 8));
            Write(row.AsSpan(1), count, pixels[((y * width + x) * layout.Channels)..], stepX * layout.Channels);
            (row, above) = (above, row);
        }
    }

    private void Write(ReadOnlySpan<byte> row, int count, Span<byte> to, int step)
    {
        if (layout.Palette is { } palette)
            WriteIndexed(row, count, to, step, palette);
        else if (layout.Depth < 8)
            for (var i = 0; i < count; i++)
                to[i * step] = (byte)(Sample(row, i) * 255 / ((1 << layout.Depth) - 1));
        else
            WriteWhole(row, count, to, step);
    }

    private void WriteIndexed(ReadOnlySpan<byte> row, int count, Span<byte> to, int step, byte[] palette)
    {
        for (var i = 0; i < count; i++)
        {
            var colour = 3 * Sample(row, i);
            if (colour > palette.Length - 3)
                throw new ImageFormatException($"is damaged: a pixel has colour {colour / 3}, and there are {palette.Length / 3}");
            palette.AsSpan(colour, 3).CopyTo(to[(i * step)..]);
        }
    }

    /// <summary>Samples of 8 bits, or the upper 8 of 16.</summary>
    private void WriteWhole(ReadOnlySpan<byte> row, int count, Span<byte> to, int step)
    {
        var (size, channels) = (layout.Depth / 8, layout.Channels);
        var pixel = size * layout.Samples;
        if (pixel == channels && step == channels)
        {
            row.CopyTo(to);
            return;
        }

        for (int i = 0, from = 0, at = 0; i < count; i++, from += pixel, at += step)
            for (var channel = 0; channel < channels; channel++)
                to[at + channel] = row[from + channel * size];
    }

    private int Sample(ReadOnlySpan<byte> row, int i)
    {
        var bit = (long)i * layout.Depth;
        return (row[(int)(bit / 8)] >> (8 - layout.Depth - (int)(bit % 8))) & ((1 << layout.Depth) - 1);
    }
}
