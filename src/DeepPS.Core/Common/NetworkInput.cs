namespace DeepPS.Common;

/// <summary>An input of a network: its name and the shape of one sample.</summary>
/// <param name="Name">The name: <c>input</c> for a single input, else a column's name.</param>
/// <param name="Shape">The shape of one sample, without the batch.</param>
/// <param name="Levels">The number of levels (token ids) of its numbers, including 0 for padding; null for plain
/// numbers, or if unknown.</param>
public sealed record NetworkInput(string Name, Shape Shape, int? Levels = null)
{
    /// <summary>The name of a single input.</summary>
    public const string DefaultName = "input";

    /// <summary>Whether samples differ in the length of their first axis and are padded with NaN. The network replaces
    /// padding by 0, and gives layers that take a mask one of 0 for padding, named after the input:
    /// <c>input.mask</c>.</summary>
    public bool IsPadded { get; init; }

    /// <summary>How many numbers describe a node's place in its tree: the place of its parent, its own among the
    /// parent's children, and its level.</summary>
    internal const int TreeNumbers = 3;

    /// <summary>Whether a sample is a tree: nodes x numbers, the last three of which are the node's place in its tree.
    /// The network gives them apart to layers that take a tree, named after the input: <c>input.tree</c>.</summary>
    public bool IsTree { get; init; }

    /// <summary>The coded columns, which are the last numbers of a sample. The network replaces each code by a learned
    /// vector.</summary>
    public IReadOnlyList<CodedColumn> Coded { get; init; } = [];

    /// <summary>The names of its numbers, such as words, from <see cref="FirstName"/> on; empty if they have none.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The number of the first of <see cref="Names"/>.</summary>
    public int FirstName { get; init; }

    /// <summary>The shape for layers: with learned vectors in place of codes, and without places in a tree.</summary>
    public Shape Seen => IsTree ? new Shape(Shape[0], Shape[1] - TreeNumbers)
        : Coded.Count == 0 ? Shape : new Shape(Shape.Size + Coded.Sum(column => column.Features - 1));

    /// <summary>Whether another input is equal.</summary>
    public bool Equals(NetworkInput? other) => other is not null && Takes(other) && Levels == other.Levels;

    public override int GetHashCode() => HashCode.Combine(Name.ToUpperInvariant(), Shape, Coded.Count);

    /// <summary>Whether a network for this input accepts the other.</summary>
    internal bool Takes(NetworkInput other) =>
        string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase) && Shape.Equals(other.Shape)
        && IsPadded == other.IsPadded && IsTree == other.IsTree && Coded.SequenceEqual(other.Coded);

    /// <summary>Shape and codes in words.</summary>
    internal string Describe() => IsTree ? $"trees of up to {Shape[0]} nodes"
        : Coded.Count == 0 ? $"{(IsPadded ? "up to " : "")}{Shape}"
        : $"{Shape} with {string.Join(", ", Coded.Select(column => $"{column.Name} as one of {column.Codes} codes"))}";

    /// <summary>Inputs by number: <c>input</c>, <c>input2</c>, <c>input3</c>, ...</summary>
    internal static IReadOnlyList<NetworkInput> Numbered(IReadOnlyList<Shape> shapes) =>
        shapes.Select((shape, i) => new NetworkInput(i == 0 ? DefaultName : $"{DefaultName}{i + 1}", shape)).ToArray();
}
