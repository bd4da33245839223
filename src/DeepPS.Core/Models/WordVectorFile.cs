using System.Globalization;
using System.Text;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Models;

/// <summary>Files of word vectors as text, as word2vec and fastText write them: a line with the numbers of words and of
/// features, then a line for each word with its numbers. GloVe's files lack the first line.</summary>
public static class WordVectorFile
{
    private const string Column = "Word", Layer = "embedding";

    /// <summary>Whether a path has the extension of such files: .vec.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".vec", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="words">The words.</param>
    /// <param name="vectors">Their vectors, (words, features).</param>
    internal static void Write(string path, IReadOnlyList<string> words, Tensor vectors)
    {
        using var values = vectors.detach().cpu().to(ScalarType.Float32).contiguous();
        var numbers = values.data<float>().ToArray();
        var size = (int)vectors.shape[1];
        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{words.Count} {size}"));
            for (var word = 0; word < words.Count; word++)
            {
                text.Write(words[word].Replace(' ', '_'));
                foreach (var number in numbers.AsSpan(word * size, size))
                {
                    text.Write(' ');
                    text.Write(number.ToString(CultureInfo.InvariantCulture));
                }

                text.WriteLine();
            }
        });
    }

    /// <summary>Reads a file as a model with an Embedding layer, which reads a column Word.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DlException"><c>InvalidVectors</c>: the file is none of word vectors.</exception>
    public static Model Read(string path)
    {
        var (words, values, size) = (new List<string>(), new List<float>(), 0);
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (line.Length == 0 || number == 0 && IsHead(line))
                continue;
            var parts = line.TrimEnd().Split(' ');
            size = size == 0 ? parts.Length - 1 : size;
            if (parts.Length != size + 1 || size == 0)
                throw Invalid(path, number, $"a word and {(size == 0 ? "its" : size)} numbers, separated by blanks",
                    $"{parts.Length - 1} numbers");
            words.Add(parts[0]);
            foreach (var part in parts.AsSpan(1))
                values.Add(float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && float.IsFinite(value) ? value : throw Invalid(path, number, "finite numbers", $"'{part}'"));
        }

        if (words.Count == 0)
            throw Invalid(path, 0, "a word and its numbers", "an empty file");
        if (words.GroupBy(word => word).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw Invalid(path, 0, "each word once", $"'{twice.Key}' twice");
        return Of(Path.GetFileNameWithoutExtension(path), words, values, size);
    }

    private static Model Of(string name, List<string> words, List<float> values, int size)
    {
        var data = new Dataset(name,
            [
                new TokenColumn(Column, Enumerable.Range(0, words.Count).ToArray(), words, new Shape(1))
                    .WithFacts(new ColumnFacts { HasLevelOrder = true }),
            ]);
        var plan = DataPlan.Fit(data).For([Column]);
        // A model has an output and a loss; the square of a vector's length needs no parameters.
        var model = new Model(
            [
                new Embedding { Name = Layer, Features = size, From = [Column] },
                new Dot { Name = "square", From = [Layer, Layer] },
            ],
            plan.Inputs, name);
        using var table = tensor(values.ToArray()).reshape(words.Count, size);
        using var none = zeros(1, size);
        using var all = cat([none, table], 0);
        model.Network!.Parameters[0].Load(all);
        (model.Plan, model.Loss) = (plan.With(LabelPlan.OfInput(plan.InputShape)), new LogLikelihood());
        return model;
    }

    private static bool IsHead(string line) => line.TrimEnd().Split(' ') is [var words, var size]
        && int.TryParse(words, out _) && int.TryParse(size, out _);

    private static DlException Invalid(string path, int line, string expected, string found) =>
        new("InvalidVectors", DlErrorKind.InvalidData,
            $"'{path}' is no file of word vectors: line {line + 1:N0} should have {expected}; it has {found}.", path);
}
