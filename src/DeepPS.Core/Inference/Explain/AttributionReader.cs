using System.Globalization;
using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Reads attributions of leaves as those of columns, tokens, numbers and pixels.</summary>
/// <param name="model">The model.</param>
/// <param name="data">The explained rows.</param>
/// <param name="addsUp">Whether the attributions of a part's numbers add up; else the largest counts.</param>
internal sealed class AttributionReader(ExplainedModel model, Dataset data, bool addsUp)
{
    /// <summary>The explanations of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="attributions">The attributions of each leaf.</param>
    /// <param name="first">The place of its first sample in the data.</param>
    /// <param name="numbers">The number of each row of the data in the whole, from 0.</param>
    public AttributedSample[] Read(ExplainedBatch batch, Tensor[] attributions, int first, IReadOnlyList<int> numbers)
    {
        var outputs = Doubles(batch.Scores(batch.Values));
        var baselines = Doubles(batch.Scores(batch.Baselines));
        var classes = batch.Classes.cpu().data<long>().ToArray();
        var parts = model.Leaves.Zip(attributions).Where(pair => !pair.First.IsImage)
            .SelectMany(pair => Parts(pair.First, pair.Second)).ToArray();
        var order = model.Plan.InputPlans.SelectMany(input => input.Columns.Select(column => column.Name)).ToArray();
        parts = parts.OrderBy(part => Array.IndexOf(order, part.Column)).ToArray();
        var images = model.Leaves.Zip(attributions).Where(pair => pair.First.IsImage)
            .Select(pair => (pair.First.Plan.Columns[0].Name, Map: Pixels(pair.Second), pair.Second.shape)).ToArray();
        return Enumerable.Range(0, batch.Count).Select(i =>
        {
            var (row, name) = (numbers[first + i] + 1, model.NameOf((int)classes[i]));
            return new AttributedSample
            {
                Row = row,
                Rows = parts.Select(part => (part, Value: part.Value(first + i)))
                    .Where(pair => pair.Value is not Absent)
                    .Select(pair => new AttributionRow(row, name, outputs[i], baselines[i], pair.part.Column,
                        pair.part.Place, pair.Value, pair.part.Numbers[i])).ToArray(),
                Maps = images.Select(image => Map(image.Name, image.Map, image.shape, i, row, name,
                    (outputs[i], baselines[i]))).ToArray(),
            };
        }).ToArray();
    }

    private static AttributionMap Map(string column, double[] pixels, long[] sizes, int sample, int row, object? name,
        (double Output, double Baseline) score)
    {
        var (height, width) = ((int)sizes[2], (int)sizes[3]);
        var map = Enumerable.Range(0, height)
            .Select(y => pixels.AsSpan((sample * height + y) * width, width).ToArray()).ToArray();
        return new AttributionMap(row, name, score.Output, score.Baseline, column, map.Sum(line => line.Sum()), map);
    }

    /// <summary>The named parts of a leaf, with the attribution of each for every sample.</summary>
    private IEnumerable<Part> Parts(ExplainedLeaf leaf, Tensor attribution)
    {
        var columns = leaf.Plan.Columns;
        if (leaf.Column is { } place)
            return [Value(columns[^(int)(leaf.Plan.Shape.Size - place)].Name, Joined(attribution))];
        if (leaf.Weight is not null)
            return Tokens(leaf, attribution);
        if (InputPart.IsWhole(leaf.Plan))
            return Numbers(leaf, attribution);
        return InputPart.Widths(leaf.Plan).Where(part => !part.IsCode)
            .Select(part => Value(part.Name, Joined(attribution.narrow(1, part.First, part.Width))));
    }

    private Part Value(string name, Tensor attribution)
    {
        var column = data.Find(name)!;
        return new Part(name, null, Doubles(attribution), row => column[row]);
    }

    private IEnumerable<Part> Tokens(ExplainedLeaf leaf, Tensor attribution)
    {
        var column = leaf.Plan.Columns[0];
        var each = attribution.reshape(attribution.shape[0], -1, attribution.shape[^1]);
        var texts = TokensOf(column, data.Find(column.Name)!);
        return Enumerable.Range(0, (int)each.shape[1]).Select(token => new Part(column.Name, $"{token}",
            Doubles(Joined(each.select(1, token))),
            row => texts(row) is var text && token < text.Count ? text[token] : Absent.Value));
    }

    private static Func<int, IReadOnlyList<string?>> TokensOf(ColumnPlan plan, Column column)
    {
        if (column is TokenColumn tokens)
            return row => Enumerable.Range((int)(row * tokens.Shape.Size), (int)tokens.Shape.Size)
                .Select(place => tokens.Codes[place] < 0 ? null : tokens.Levels[tokens.Codes[place]]).ToArray();
        return row => plan.Encoding is TextEncoder encoder && column[row] is { } text
            ? encoder.Tokens(Convert.ToString(text, CultureInfo.InvariantCulture)!) : [];
    }

    private IEnumerable<Part> Numbers(ExplainedLeaf leaf, Tensor attribution)
    {
        var (column, shape) = (data.Find(leaf.Plan.Columns[0].Name)!, leaf.Plan.Shape);
        var each = attribution.reshape(attribution.shape[0], -1);
        return Enumerable.Range(0, (int)shape.Size).Select(number => new Part(column.Name, PlaceOf(number),
            Doubles(each.select(1, number)), row => column switch
            {
                WindowColumn windows => windows.Of(row)[number],
                TensorColumn arrays => (double)arrays.Values[(int)(row * shape.Size) + number],
                _ => null,
            }));

        string PlaceOf(int number)
        {
            var places = new long[shape.Rank];
            for (var axis = shape.Rank - 1; axis >= 0; axis--)
                (number, places[axis]) = ((int)(number / shape[axis]), number % shape[axis]);
            return string.Join(", ", places);
        }
    }

    /// <summary>The attribution of each pixel of images, over their channels.</summary>
    private double[] Pixels(Tensor attribution) => Doubles(Joined(attribution.movedim([1], [-1])));

    /// <summary>The attributions of numbers of one part, which are on the last axis, as one.</summary>
    private Tensor Joined(Tensor attribution) => addsUp ? attribution.sum(-1)
        : attribution.gather(-1, attribution.abs().argmax(-1, keepdim: true)).squeeze(-1);

    private static double[] Doubles(Tensor numbers) =>
        numbers.detach().to(ScalarType.Float64).contiguous().cpu().data<double>().ToArray();

    private sealed record Part(string Column, string? Place, double[] Numbers, Func<int, object?> Value);

    /// <summary>A place after the end of a text.</summary>
    private sealed class Absent
    {
        public static Absent Value { get; } = new();
    }
}
