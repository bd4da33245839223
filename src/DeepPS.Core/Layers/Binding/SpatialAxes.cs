using DeepPS.Catalog;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>The axes of a signal (length), an image (height x width) or a volume (depth x height x width), which come
/// after the channels.</summary>
internal sealed class SpatialAxes
{
    private static readonly SpatialAxes[] All =
        [new("length"), new("height", "width"), new("depth", "height", "width")];

    private SpatialAxes(params string[] names) => Names = names;

    /// <summary>Their names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many there are.</summary>
    public int Count => Names.Count;

    /// <summary>The channels and the sizes that an input must have, in words.</summary>
    public string Wants => $"channels x {string.Join(" x ", Names)} (rank {Count + 1})";

    /// <summary>What is wanted where any number of them serves, in words.</summary>
    public static string WantsAny { get; } =
        $"{string.Join(", ", All.SkipLast(1).Select(axes => axes.Wants))} or {All[^1].Wants}";

    /// <summary>One axis, two or three.</summary>
    public static SpatialAxes Of(int count) => All[count - 1];

    /// <summary>Those that an input has.</summary>
    /// <exception cref="ShapeException">The input has none, or too many.</exception>
    public static SpatialAxes Of(Shape input) => input.Rank >= 2 && input.Rank <= All.Length + 1
        ? All[input.Rank - 2]
        : throw new ShapeException(WantsAny, input);

    /// <summary>Refuses an input of another rank, with what to do about a missing channel axis.</summary>
    /// <exception cref="ShapeException">The input has other axes.</exception>
    public void Check(Shape input)
    {
        if (input.Rank == Count)
            throw new ShapeException($"{Wants}; put Reshape 1x{input} before it where there is one channel", input);
        if (input.Rank != Count + 1)
            throw new ShapeException(Wants, input);
    }

    /// <summary>A setting's numbers, one for each axis.</summary>
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
