using SkiaSharp;

namespace DeepPS.Plots;

/// <summary>Something to look at, as data: it can be written as a picture and shown in a terminal.</summary>
/// <param name="title">The title.</param>
public abstract class Drawing(string title)
{
    /// <summary>The title.</summary>
    public string Title { get; } = title;

    /// <summary>The size of the picture in pixels, where no other is wanted.</summary>
    public abstract (int Width, int Height) Size { get; }

    /// <summary>The drawing as text for a terminal.</summary>
    /// <param name="width">The width of the window in characters.</param>
    /// <param name="colour">Whether ANSI sequences may set colours.</param>
    public abstract string ToText(int width, bool colour);

    /// <summary>The same with another title.</summary>
    public abstract Drawing Titled(string title);

    /// <summary>Draws on a canvas.</summary>
    internal abstract void Draw(SKCanvas canvas, int width, int height, Palette palette);

    /// <summary>The title.</summary>
    public override string ToString() => Title;
}
