namespace DeepPS.Data;

/// <summary>A column of a label.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Mean">The mean of its numbers in the training part; 0 for classes and unscaled numbers.</param>
/// <param name="Scale">A number is learned as (value - Mean) / Scale: the standard deviation; else 1.</param>
public sealed record LabelPart(string Name, double Mean = 0, double Scale = 1)
{
    internal string Description => FormattableString.Invariant($"standardised (mean {Mean:G6}, deviation {Scale:G6})");

    /// <summary>The scaled number.</summary>
    internal float Of(double value) => (float)((value - Mean) / Scale);
}
