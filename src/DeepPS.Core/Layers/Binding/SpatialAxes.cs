using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The axes after the channels: those of a signal (length), an image (height x width) or a volume (depth x
/// height x width).</summary>
internal sealed class SpatialAxes
{
    private static readonly SpatialAxes[] All =
        [new("length"), new("height", "width"), new("depth", "height", "width")];

    private SpatialAxes(params string[] names) => Names = names;

    /// <summary>The names of the axes, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of axes.</summary>
    public int Count => Names.Count;

    /// <summary>The required input, in words.</summary>
    public string Needs => $"channels x {string.Join(" x ", Names)} (rank {Count + 1})";

    /// <summary>The required input of a layer that takes one, two or three axes, in words.</summary>
    public static string NeedsAny { get; } =
        $"{string.Join(", ", All.SkipLast(1).Select(axes => axes.Needs))} or {All[^1].Needs}";

    /// <summary>One axis, two or three.</summary>
    public static SpatialAxes Of(int count) => All[count - 1];

    /// <summary>The spatial axes of an input.</summary>
    /// <exception cref="ShapeException">The input has none, or more than three.</exception>
    public static SpatialAxes Of(Shape input) => input.Rank >= 2 && input.Rank <= All.Length + 1
        ? All[input.Rank - 2]
        : throw new ShapeException(NeedsAny, input);

    /// <summary>Throws if the input has another rank; the message says how to add a missing channel axis.</summary>
    /// <exception cref="ShapeException">The input has other axes.</exception>
    public void Check(Shape input)
    {
        if (input.Rank == Count)
            throw new ShapeException($"{Needs}; put Reshape 1x{input} before it where there is one channel", input);
        if (input.Rank != Count + 1)
            throw new ShapeException(Needs, input);
    }

    /// <summary>The numbers of a setting, one per axis.</summary>
    /// <exception cref="DlException"><c>InvalidSetting</c>: there are other than 1 number or one for each axis, or one
    /// is too small.</exception>
    public long[] Numbers(CatalogItem item, string setting, Dims dims, int minimum)
    {
        long[]? numbers = null;
        try
        {
            numbers = dims.For(Count);
        }
        catch (FormatException)
        {
        }

        if (numbers is not null && numbers.All(number => number >= minimum))
            return numbers;
        var each = Count == 1 ? "" : $", or {Count} of them";
        throw SettingProblem.Of(item, setting, $"a whole number of {minimum} or more{each}", dims);
    }
}
