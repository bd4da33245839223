using System.Collections;
using System.Globalization;

namespace DeepPS.Common;

/// <summary>The size of one sample along each axis, without the batch: <c>784</c> for a row of numbers, <c>1x28x28</c>
/// for an image (channels, height, width: PyTorch's order), <c>channels x length</c> for a signal.</summary>
public sealed class Shape : IReadOnlyList<long>, IEquatable<Shape>, ISettingValue<Shape>
{
    /// <summary>More numbers than any machine holds, and few enough that bytes and batches do not overflow.</summary>
    private const long MostNumbers = 1L << 56;

    private readonly long[] sizes;

    /// <summary>Makes a shape.</summary>
    /// <param name="sizes">The size along each axis, each 1 or more; no axis for a single number per sample.</param>
    /// <exception cref="FormatException">A size is below 1, or all of them together are too large.</exception>
    public Shape(params IEnumerable<long> sizes)
    {
        this.sizes = sizes.ToArray();
        if (!IsValid(this.sizes))
            throw new FormatException($"A shape has sizes of 1 or more, and at most {MostNumbers:N0} numbers: "
                + string.Join("x", this.sizes));
    }

    public static string Accepts =>
        "a shape: one size for each axis, without the batch, such as 1, 28, 28 or '1x28x28'";

    /// <summary>The number of axes.</summary>
    public int Rank => sizes.Length;

    /// <summary>The number of numbers in one sample.</summary>
    public long Size => sizes.Aggregate(1L, (product, size) => product * size);

    int IReadOnlyCollection<long>.Count => sizes.Length;

    /// <summary>The size along an axis.</summary>
    public long this[int axis] => sizes[axis];

    /// <summary>Makes a shape from a number, a list of numbers, or text such as <c>1x28x28</c>.</summary>
    public static Shape FromSetting(object value) => value switch
    {
        Shape shape => shape,
        string text => new Shape(text.Split(['x', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => long.Parse(part, CultureInfo.InvariantCulture))),
        IEnumerable list =>
            new Shape(list.Cast<object>().Select(v => Convert.ToInt64(v, CultureInfo.InvariantCulture))),
        _ => new Shape(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    public object ToSetting() => sizes.ToArray();

    /// <summary>The sizes with the batch first.</summary>
    public long[] WithBatch(long batch) => [batch, .. sizes];

    public bool Equals(Shape? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    /// <summary>Whether each size is 1 or more and their product is not too large.</summary>
    internal static bool IsValid(IReadOnlyList<long> sizes)
    {
        var product = 1L;
        foreach (var size in sizes)
        {
            if (size < 1 || product > MostNumbers / size)
                return false;
            product *= size;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => sizes.Aggregate(sizes.Length, HashCode.Combine);

    public IEnumerator<long> GetEnumerator() => sizes.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sizes.GetEnumerator();

    /// <summary>The sizes with <c>x</c> between them.</summary>
    public override string ToString() => Rank == 0 ? "1 number" : string.Join("x", sizes);
}
