using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Converts a network's outputs to predictions: class names, numbers in the label's unit, or arrays of
/// them.</summary>
internal sealed class PredictionWriter(LabelPlan label, Loss loss, PredictionOptions options)
{
    private readonly OutputReader reader = new(label, loss, options);
    private readonly string[] probabilityNames =
        label.Classes.Select(name => $"{nameof(Prediction.Probability)}_{name}").ToArray();

    /// <summary>The prediction of each sample of a batch.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="target">The target of an autoencoder; else null.</param>
    /// <param name="lengths">The steps of each sample, after which predictions end; null: all steps.</param>
    public IEnumerable<Prediction> Of(Tensor output, Tensor? target, int[]? lengths = null)
    {
        var all = Whole(output, target, lengths);
        return lengths is null ? all : all.Zip(lengths, (prediction, length) => prediction.Value is Array steps
            ? prediction with { Value = Cut(steps, length) } : prediction);
    }

    private static Array Cut(Array steps, int length)
    {
        var cut = Array.CreateInstance(steps.GetType().GetElementType()!, length);
        Array.Copy(steps, cut, length);
        return cut;
    }

    private IEnumerable<Prediction> Whole(Tensor output, Tensor? target, int[]? lengths) =>
        label.Kind == LabelKind.Number ? Numbers(output, target)
        : label.Kind == LabelKind.Labels ? Names(output)
        : loss is CTC
        ? CTC.Read(output).Select(path => new Prediction(ValuesOf(path.Classes.ToArray()), path.Probability))
        : loss is EmbeddingLoss ? Rows(output.to(ScalarType.Float64)).Select(value => new Prediction(value, null))
        : Classes(output, lengths);

    /// <summary>The classes with the given numbers, in the label's type.</summary>
    private Array ValuesOf(long[] numbers)
    {
        var values = Array.CreateInstance(label.Values.GetType().GetElementType()!, numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
            values.SetValue(label.Values.GetValue(numbers[i]), i);
        return values;
    }

    private IEnumerable<Prediction> Numbers(Tensor output, Tensor? target)
    {
        var predicted = loss.Numbers(output);
        var values = Rows(reader.InUnit(predicted));
        var further = loss.Further(output)
            .Select(more => (more.Name, Values: Rows(reader.InUnit(more.Values, more.IsDeviation)))).ToList();
        if (target is not null && loss.Predicts)
        {
            var errors = loss.OfEachSample(output, target).to(ScalarType.Float64).cpu().data<double>().ToArray();
            further.Add(("Error", errors.Cast<object>().ToArray()));
        }

        if (label.Parts.Count > 1)
            further.InsertRange(0, label.Parts.Select((part, place) =>
                ($"{nameof(Prediction)}_{part.Name}",
                    Array.ConvertAll(values, value => (object)((double[])value)[place]))));
        return values.Select((value, i) => new Prediction(value, null)
        {
            Further = further.Count == 0
                ? []
                : further.Select(more => KeyValuePair.Create(more.Name, more.Values[i])).ToArray(),
        });
    }

    private IEnumerable<Prediction> Classes(Tensor output, int[]? lengths)
    {
        output = reader.Calibrated(reader.Places(output));
        var places = (int)label.Shape.Size;
        var all = loss.Probabilities(output);
        var classes = reader.Decide(output, all);
        var numbers = classes.cpu().data<long>().ToArray();
        var certain = all?.gather(1, classes.unsqueeze(1)).reshape(-1, places);
        if (lengths is not null)
            certain = certain?.masked_fill(arange(label.Shape[0], device: output.device)
                .repeat_interleave(places / label.Shape[0]).ge(tensor(lengths, device: output.device).unsqueeze(1)), 1);
        var probabilities = certain?.amin([1])
            .to(ScalarType.Float64).cpu().data<double>().ToArray();
        if (label.Shape.Rank > 0)
            return numbers.Chunk(places).Select((row, i) => new Prediction(Nested(row), probabilities?[i]));
        var each = options.Probability is ProbabilityChoice.All
            ? all!.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray() : null;
        return numbers.Select((number, i) => new Prediction(label.Values.GetValue(number)!, probabilities?[i])
        {
            Further = each is null ? [] : OfEachClass(each.AsSpan(i * label.Classes.Count, label.Classes.Count)),
        });
    }

    private KeyValuePair<string, object>[] OfEachClass(ReadOnlySpan<double> probabilities)
    {
        var further = new KeyValuePair<string, object>[probabilityNames.Length];
        for (var i = 0; i < further.Length; i++)
            further[i] = new(probabilityNames[i], probabilities[i]);
        return further;
    }

    private object Nested(long[] row) => ValuesOf(row) switch
    {
        int[] numbers => NestedArray.Of<int>(numbers, label.Shape),
        double[] numbers => NestedArray.Of<double>(numbers, label.Shape),
        bool[] flags => NestedArray.Of<bool>(flags, label.Shape),
        string[] names => NestedArray.Of<string>(names, label.Shape),
        var other => other,
    };

    private IEnumerable<Prediction> Names(Tensor output)
    {
        var places = reader.Calibrated(reader.Places(output));
        var all = loss.Probabilities(places);
        var there = reader.Decide(places, all).cpu().data<long>().ToArray().Chunk(label.Classes.Count);
        var probabilities = all?.select(1, 1).to(ScalarType.Float64).cpu().data<double>()
            .ToArray().Chunk(label.Classes.Count).ToArray();
        return there.Select((row, i) => new Prediction(label.Classes.Where((_, place) => row[place] == 1).ToArray(),
            probabilities?[i].Min(probability => Math.Max(probability, 1 - probability)))
        {
            Further = probabilities is null ? [] : OfEachClass(probabilities[i]),
        });
    }

    /// <summary>The numbers of each sample: a number, or an array of the numbers' shape.</summary>
    private static object[] Rows(Tensor numbers)
    {
        var shape = new Shape(numbers.shape.Skip(1));
        var values = numbers.cpu().contiguous().data<double>().ToArray();
        if (shape.Size == 1)
            return Array.ConvertAll(values, value => (object)value);
        return values.Chunk((int)shape.Size)
            .Select(row => (object)NestedArray.Of<double>(row, shape)).ToArray();
    }
}
