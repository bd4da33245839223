using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An encoder that keeps the shape of a column's values where the column is a separate input.</summary>
internal interface IWholeEncoder
{
    /// <summary>The shape of one value.</summary>
    Shape Shape { get; }

    /// <summary>
    /// How the bytes of each channel are standardised; null: a byte b becomes b / 255, or the values are not bytes.
    /// </summary>
    ChannelScale? Scale => null;

    /// <summary>The number of levels, where the values are numbers of levels from 0 and 0 is none; else null.</summary>
    int? Levels => null;

    /// <summary>Whether arrays differ in length; padding is NaN.</summary>
    bool IsPadded => false;

    /// <summary>Whether the values are trees: numbers of nodes, and the place of each node in its tree.</summary>
    bool IsTree => false;

    /// <summary>The values of every row, one after the other: <c>float[]</c> or <c>byte[]</c>.</summary>
    /// <param name="column">The column.</param>
    /// <param name="unknown">The number of values that training did not know.</param>
    Array Encode(Column column, out int unknown);
}
