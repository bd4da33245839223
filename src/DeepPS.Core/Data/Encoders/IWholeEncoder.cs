using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>An encoder that keeps the shape of a column's values where the column is an input of its own.</summary>
internal interface IWholeEncoder
{
    /// <summary>The shape of one value.</summary>
    Shape Shape { get; }

    /// <summary>How the bytes of each channel are standardised; null: they stand for b / 255, or the values are no bytes.</summary>
    ChannelScale? Scale => null;

    /// <summary>How many levels the values number, from 0, where 0 stands for none; null: they number none.</summary>
    int? Levels => null;

    /// <summary>The values of every row, one after the other: <c>float[]</c> or <c>byte[]</c>.</summary>
    /// <param name="column">The column.</param>
    /// <param name="unknown">How many values were not known from training.</param>
    Array Encode(Column column, out int unknown);
}
