using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Converts a network's outputs to predictions: class names, numbers in the label's unit, or arrays of
/// them.</summary>
internal sealed class PredictionWriter(LabelPlan label, Loss loss)
{
    private readonly OutputReader reader = new(label, loss);

    /// <summary>The prediction of each sample of a batch.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="target">The target of an autoencoder; else null.</param>
    public IEnumerable<Prediction> Of(Tensor output, Tensor? target) =>
        label.Kind == LabelKind.Number ? Numbers(output, target)
        : label.Kind == LabelKind.Labels ? Names(output)
        : loss is CTC
        ? CTC.Read(output).Select(path => new Prediction(ValuesOf(path.Classes.ToArray()), path.Probability))
        : Classes(output);

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
            further.Add(("Error", loss.OfEachSample(output, target).to(ScalarType.Float64).cpu().data<double>()
                .ToArray()
                .Cast<object>().ToArray()));
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

    private IEnumerable<Prediction> Classes(Tensor output)
    {
        output = reader.Places(output);
        var places = (int)label.Shape.Size;
        var classes = loss.Classes(output);
        var rows = classes.cpu().data<long>().ToArray().Chunk(places);
        var probabilities = loss.Probabilities(output)?.gather(1, classes.unsqueeze(1)).reshape(-1, places).amin([1])
            .to(ScalarType.Float64).cpu().data<double>().ToArray();
        return rows.Select((row, i) => new Prediction(
            label.Shape.Rank == 0 ? label.Values.GetValue(row[0])! : Nested(row), probabilities?[i]));
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
        var places = reader.Places(output);
        var there = loss.Classes(places).cpu().data<long>().ToArray().Chunk(label.Classes.Count);
        var probabilities = loss.Probabilities(places)?.select(1, 1).to(ScalarType.Float64).cpu().data<double>()
            .ToArray().Chunk(label.Classes.Count).ToArray();
        return there.Select((row, i) => new Prediction(label.Classes.Where((_, place) => row[place] == 1).ToArray(),
            probabilities?[i].Min(probability => Math.Max(probability, 1 - probability)))
        {
            Further = probabilities is null ? []
                : label.Classes.Select((name, place) => KeyValuePair.Create(
                    $"{nameof(Prediction.Probability)}_{name}", (object)probabilities[i][place])).ToArray(),
        });
    }

    /// <summary>The numbers of each sample: a number, or an array of the numbers' shape.</summary>
    private static object[] Rows(Tensor numbers)
    {
        var shape = new Shape(numbers.shape.Skip(1));
        var values = numbers.cpu().contiguous().data<double>().ToArray();
        return values.Chunk((int)shape.Size)
            .Select(row => shape.Size == 1 ? row[0] : (object)NestedArray.Of<double>(row, shape)).ToArray();
    }
}
