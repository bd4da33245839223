namespace DeepPS;

/// <summary>White paper on which pictures and words are put.</summary>
internal sealed class Canvas(int width, int height)
{
    private const int Channels = 3;
    private readonly byte[] bytes = Paper(width, height);

    /// <summary>What is on it now.</summary>
    public Picture Picture => new(width, height, Channels, bytes);

    /// <summary>Puts a picture with its upper left corner at a place.</summary>
    public void Draw(Picture picture, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
            {
                var pixel = picture.Bytes.AsSpan((y * picture.Width + x) * picture.Channels, picture.Channels);
                Set(left + x, top + y, pixel[0], pixel[picture.Channels / 2], pixel[^1]);
            }
    }

    /// <summary>Writes words in the middle of a line; what does not fit is cut off, and two dots say so.</summary>
    /// <param name="text">The words.</param>
    /// <param name="left">Where the line begins.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="colour">The colour of the letters.</param>
    public void Write(string text, int left, int top, int length, (byte Red, byte Green, byte Blue) colour)
    {
        var letters = BitmapFont.Spell(text);
        var most = length / BitmapFont.Advance;
        if (letters.Length > most)
            letters = letters[..Math.Max(0, most - 2)] + "..";
        var from = left + (length - letters.Length * BitmapFont.Advance + 1) / 2;
        for (var i = 0; i < letters.Length; i++)
            for (var y = 0; y < BitmapFont.Height; y++)
                for (var x = 0; x < BitmapFont.Advance - 1; x++)
                    if (BitmapFont.HasInk(letters[i], x, y))
                        Set(from + i * BitmapFont.Advance + x, top + y, colour.Red, colour.Green, colour.Blue);
    }

    private void Set(int x, int y, byte red, byte green, byte blue)
    {
        var at = (y * width + x) * Channels;
        (bytes[at], bytes[at + 1], bytes[at + 2]) = (red, green, blue);
    }

    private static byte[] Paper(int width, int height)
    {
        var paper = new byte[checked(width * height * Channels)];
        paper.AsSpan().Fill(byte.MaxValue);
        return paper;
    }
}
