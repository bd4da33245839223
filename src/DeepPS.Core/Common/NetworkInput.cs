namespace DeepPS.Common;

/// <summary>One of the inputs of a network: the name by which layers take it, and the shape of one sample.</summary>
/// <param name="Name">The name: <c>input</c> where there is one alone, else a column's.</param>
/// <param name="Shape">The shape of one sample, without the batch.</param>
/// <param name="Levels">How many levels its numbers stand for, from 0, where 0 is none: padding; null: they are
/// numbers, or it is not known.</param>
public sealed record NetworkInput(string Name, Shape Shape, int? Levels = null)
{
    /// <summary>The name of the input of a network that has one alone.</summary>
    public const string DefaultName = "input";

    /// <summary>What the last numbers of a sample are codes of. The network puts the numbers in their place that it has
    /// learned for the code.</summary>
    public IReadOnlyList<CodedColumn> Coded { get; init; } = [];

    /// <summary>The shape that layers see: with learned numbers in place of codes.</summary>
    public Shape Seen => Coded.Count == 0 ? Shape : new Shape(Shape.Size + Coded.Sum(column => column.Features - 1));

    /// <summary>Whether another input is the same in all.</summary>
    public bool Equals(NetworkInput? other) => other is not null && Takes(other) && Levels == other.Levels;

    public override int GetHashCode() => HashCode.Combine(Name, Shape, Coded.Count);

    /// <summary>Whether a network made for this input takes the other.</summary>
    internal bool Takes(NetworkInput other) =>
        Name == other.Name && Shape.Equals(other.Shape) && Coded.SequenceEqual(other.Coded);

    /// <summary>Shape and codes in words.</summary>
    internal string Describe() => Coded.Count == 0 ? Shape.ToString()
        : $"{Shape} with {string.Join(", ", Coded.Select(column => $"{column.Name} as one of {column.Codes} codes"))}";

    /// <summary>Inputs by number: <c>input</c>, <c>input2</c>, <c>input3</c>, ...</summary>
    internal static IReadOnlyList<NetworkInput> Numbered(IReadOnlyList<Shape> shapes) =>
        shapes.Select((shape, i) => new NetworkInput(i == 0 ? DefaultName : $"{DefaultName}{i + 1}", shape)).ToArray();
}
