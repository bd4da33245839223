using System.Collections;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Converts numbers or names of a shape to arrays of arrays, as scripts have them, and back.</summary>
internal static class NestedArray
{
    /// <summary>Whether a value is an array or a list.</summary>
    public static bool Is(object? value) => value is IList;

    /// <summary>Makes arrays of arrays: <c>T[]</c> of one axis, <c>T[][]</c> of two, ...</summary>
    /// <param name="values">The values, the last axis fastest.</param>
    /// <param name="shape">The shape.</param>
    public static Array Of<T>(ReadOnlySpan<T> values, Shape shape)
    {
        if (shape.Rank < 2)
            return values.ToArray();
        var inner = new Shape(shape.Skip(1));
        var parts = new Array[shape[0]];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Of(values.Slice(i * (int)inner.Size, (int)inner.Size), inner);
        var array = Array.CreateInstance(parts[0].GetType(), parts.Length);
        parts.CopyTo(array, 0);
        return array;
    }

    /// <summary>Flattens arrays of arrays, lists, or an array of several axes.</summary>
    /// <param name="value">The arrays.</param>
    /// <param name="values">Gets the values, the last axis fastest.</param>
    /// <returns>The shape; null where inner arrays differ in shape, or are empty.</returns>
    public static Shape? Flatten(IList value, List<object?> values)
    {
        var sizes = new List<long>();
        return Flatten(value, values, sizes, 0) ? new Shape(sizes) : null;
    }

    private static bool Flatten(IList list, List<object?> values, List<long> sizes, int axis)
    {
        // An array of several axes enumerates as one list.
        var own = list is Array { Rank: > 1 } array ? Enumerable.Range(0, array.Rank).Select(array.GetLongLength)
            .ToArray() : [list.Count];
        foreach (var size in own)
        {
            if (size == 0 || sizes.Count > axis && sizes[axis] != size)
                return false;
            if (sizes.Count == axis && values.Count > 0)
                return false;
            if (sizes.Count == axis)
                sizes.Add(size);
            axis++;
        }

        foreach (var item in list)
        {
            if (item is IList inner)
            {
                if (!Flatten(inner, values, sizes, axis))
                    return false;
            }
            else if (sizes.Count > axis)
            {
                return false;
            }
            else
            {
                values.Add(item);
            }
        }

        return true;
    }
}
