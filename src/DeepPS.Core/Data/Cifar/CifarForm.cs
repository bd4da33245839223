using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A binary form of CIFAR (Krizhevsky 2009): records of label bytes and 3 x 32 x 32 bytes of pixels (red, green, blue,
/// each row by row), in files with fixed names beside text files with the names of the classes.
/// </summary>
/// <param name="TrainNames">The prefix of the training files' names.</param>
/// <param name="TestNames">The prefix of the test file's name.</param>
/// <param name="Labels">The labels of a record in the order of their bytes, each with the file of its names.</param>
/// <param name="Usual">The index of the default label.</param>
internal sealed record CifarForm(
    string TrainNames, string TestNames, IReadOnlyList<(string Name, string NamesFile)> Labels, int Usual)
{
    public static readonly Shape ImageShape = new(3L, 32, 32);

    public static readonly IReadOnlyList<CifarForm> All =
    [
        new("data_batch_", "test_batch", [("Label", "batches.meta.txt")], 0),
        new("train", "test", [("CoarseLabel", "coarse_label_names.txt"), ("Label", "fine_label_names.txt")], 1),
    ];

    /// <summary>The size of one record in bytes.</summary>
    public int RecordSize => Labels.Count + (int)ImageShape.Size;

    /// <summary>The form of the records of a file, by its name; null: it is not such a file.</summary>
    public static CifarForm? Of(string name) =>
        All.FirstOrDefault(form => form.Holds(name, test: false) || form.Holds(name, test: true));

    /// <summary>Whether a file holds records of a part, by its name.</summary>
    public bool Holds(string name, bool test)
    {
        var beginning = test ? TestNames : TrainNames;
        return Path.GetExtension(name).Equals(".bin", StringComparison.OrdinalIgnoreCase)
            && name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
            && Path.GetFileNameWithoutExtension(name)[beginning.Length..].All(char.IsAsciiDigit);
    }

    /// <summary>The place of a label in a record.</summary>
    /// <param name="name">Its name; null: the usual one.</param>
    /// <exception cref="DlException"><c>LabelNotFound</c>.</exception>
    public int LabelAt(string? name)
    {
        if (name is null)
            return Usual;
        for (var i = 0; i < Labels.Count; i++)
            if (Labels[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        throw new DlException("LabelNotFound", DlErrorKind.NotFound,
            $"These images have no label '{name}'. Labels: {string.Join(", ", Labels.Select(label => label.Name))}.",
                name);
    }
}
