using DeepPS.Common;

namespace DeepPS.Torch;

/// <summary>The shapes that the operations of expressions need, in words; null where given ones fit.</summary>
internal static class ShapeNeeds
{
    /// <summary>For an operation number by number, with broadcasting.</summary>
    public static string? Broadcast(Shape left, Shape right) =>
        left.Reverse().Zip(right.Reverse())
            .All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1)
            ? null : "sizes that are equal or 1 on each axis, compared from the last one";

    /// <summary>For the same shape on both sides.</summary>
    public static string? Same(Shape left, Shape right) => left.Equals(right) ? null : "two tensors of the same shape";

    /// <summary>For a product of matrices and vectors.</summary>
    public static string? Product(Shape left, Shape right) =>
        left.Rank is 1 or 2 && right.Rank is 1 or 2 && left.Last() == right[0] ? null
            : "a matrix or a vector with as many columns as the other has rows";

    /// <summary>For an axis.</summary>
    public static string? Axis(Shape shape, int axis) =>
        axis >= -shape.Rank && axis < shape.Rank ? null : $"an axis {axis}";

    /// <summary>For the place of a number or a row.</summary>
    public static string? Place(Shape shape, int place) =>
        shape.Rank > 0 && place >= -shape[0] && place < shape[0] ? null : $"a place {place}, counted from 0";

    /// <summary>For a number of axes.</summary>
    public static string? Rank(Shape shape, int least) =>
        shape.Rank >= least ? null : least == 1 ? "a vector or a matrix" : $"{least} axes or more";

    /// <summary>For another shape of the same numbers.</summary>
    public static string? Reshape(Shape shape, long[] sizes)
    {
        var known = sizes.Where(size => size != -1).Aggregate(1L, (product, size) => product * size);
        var open = sizes.Count(size => size == -1);
        return sizes.All(size => size is -1 or > 0)
            && (open == 0 ? known == shape.Size : open == 1 && shape.Size % known == 0)
            ? null : $"as many numbers as {string.Join("x", sizes)} has";
    }
}
